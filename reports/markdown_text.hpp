// Strangers' text in Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace edgesurvey {

// A code span: GitHub and GitLab read neither emphasis, HTML, links, @mentions nor #references in one. What
// could end it or the table's cell, and what a reader of HTML would act on (` | < > &), is shown as \xNN, as
// control characters are. Cut to so many columns; empty text stays empty.
std::string code_span(std::string_view untrusted, std::size_t max_columns = 64);

}  // namespace edgesurvey
