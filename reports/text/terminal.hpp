// Text for a terminal: how wide it is, cut and broken into lines, and in which colours it stands.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "scanner/judging/verdict.hpp"

namespace edgesurvey {

// What a table for a terminal has to keep to.
struct TableOptions {
  std::size_t width = 80;  // columns; less than 60 is taken as 60
  bool colour = false;     // whether to is for who knows the terminal: NO_COLOR and isatty are not asked here
  std::size_t max_hosts = 40;  // of one list of hosts; "and 37 more" stands for the rest
};

// How many columns a terminal needs for printable text: two for wide (East Asian) characters and emoji, none
// for combining marks.
std::size_t columns(std::string_view printable_text);

// Printable text cut to so many columns, "..." at its end when something was cut.
std::string fit(std::string_view printable_text, std::size_t max_columns);

// Printable text with its words in lines of at most width columns; no line end after the last. A longer word
// has its own line.
std::string paragraph(std::string_view printable_text, std::size_t width);

// From Okabe and Ito's palette, which people who cannot tell red from green can tell apart
// (jfly.uni-koeln.de/color), in their nearest of xterm's 256; words always say the same.
enum class Colour { headline, warning, vermilion, orange, sky_blue, green, faint };

Colour colour_of(Verdict verdict);

// The text between the escape sequences of the colour and its end, or as it is.
std::string in_colour(Colour colour, std::string_view text, bool wanted);

}  // namespace edgesurvey
