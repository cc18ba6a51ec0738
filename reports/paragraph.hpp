// Running text broken into lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace edgesurvey {

// Printable text with its words in lines of at most width columns; no line end after the last. A longer word
// has its own line.
std::string paragraph(std::string_view printable_text, std::size_t width);

}  // namespace edgesurvey
