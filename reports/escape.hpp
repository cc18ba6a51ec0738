// Strangers' text in the places where text can act: a spreadsheet's cell, a terminal's line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace edgesurvey {

// One CSV field (RFC 4180), quoted where it must be; printable (targets/text.hpp); and with a leading ' where
// a spreadsheet would take it for a formula: = + - @, also full-width, also after spaces.
std::string csv_text(std::string_view untrusted);

// How many columns a terminal needs for printable text: two for wide (East Asian) characters and emoji, none
// for combining marks.
std::size_t columns(std::string_view printable_text);

// Printable text cut to so many columns, "..." at its end when something was cut.
std::string fit(std::string_view printable_text, std::size_t max_columns);

}  // namespace edgesurvey
