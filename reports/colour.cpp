#include "reports/colour.hpp"

namespace edgesurvey {
namespace {

// Select Graphic Rendition (ECMA-48): 1 bold, 2 faint, 38;5;n one of xterm's 256.
std::string_view sequence_of(Colour colour) {
  switch (colour) {
    case Colour::headline:
      return "\x1b[1m";
    case Colour::warning:
      return "\x1b[1;38;5;214m";
    case Colour::vermilion:
      return "\x1b[38;5;202m";
    case Colour::orange:
      return "\x1b[38;5;214m";
    case Colour::sky_blue:
      return "\x1b[38;5;74m";
    case Colour::green:
      return "\x1b[38;5;36m";
    case Colour::faint:
      break;
  }
  return "\x1b[2m";
}

}  // namespace

Colour colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::cls_exposed:
      return Colour::vermilion;
    case Verdict::media_range_open:
      return Colour::orange;
    case Verdict::inconclusive:
      return Colour::sky_blue;
    case Verdict::closed:
      break;
  }
  return Colour::green;
}

std::string in_colour(Colour colour, std::string_view text, bool wanted) {
  if (!wanted) return std::string(text);
  return std::string(sequence_of(colour)).append(text).append("\x1b[0m");
}

}  // namespace edgesurvey
