// Colours of the terminal's table. From Okabe and Ito's palette, which people who cannot tell red from green
// can tell apart (jfly.uni-koeln.de/color), in their nearest of xterm's 256; words always say the same.
#pragma once

#include <string>
#include <string_view>

#include "scanner/judging/verdict.hpp"

namespace edgesurvey {

enum class Colour { headline, warning, vermilion, orange, sky_blue, green, faint };

Colour colour_of(Verdict verdict);

// The text between the escape sequences of the colour and its end, or as it is.
std::string in_colour(Colour colour, std::string_view text, bool wanted);

}  // namespace edgesurvey
