// Untrusted text in the places where text can act: a spreadsheet's cell, Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace edgesurvey {

// One CSV field (RFC 4180), quoted where it must be; printable (targets/text.hpp); and with a leading ' where
// a spreadsheet would take it for a formula: = + - @, also full-width, also after spaces.
std::string csv_text(std::string_view untrusted);

// A code span in Markdown: GitHub and GitLab read neither emphasis, HTML, links, @mentions nor #references in
// one. What could end it or the table's cell, and what a reader of HTML would act on (` | < > &), is shown as
// \xNN, as control characters are. Cut to so many columns; empty text stays empty.
std::string code_span(std::string_view untrusted, std::size_t max_columns = 64);

}  // namespace edgesurvey
