#include "reports/text/terminal.hpp"

#include <uniwidth.h>

#include "targets/text/text.hpp"
#include "targets/text/utf8.hpp"

namespace edgesurvey {
namespace {

std::size_t columns_of(char32_t c) {
  const int width = uc_width(c, "UTF-8");  // the encoding says how wide ambiguous characters are: one column
  return width < 0 ? 1 : static_cast<std::size_t>(width);
}

// The longest start of text that fits: its bytes.
std::size_t bytes_that_fit(std::string_view text, std::size_t max_columns) {
  std::size_t bytes = 0;
  std::size_t used = 0;
  while (bytes < text.size()) {
    const auto character = first_utf8_character(text.substr(bytes));
    used += character ? columns_of(character->code_point) : 1;
    if (used > max_columns) break;
    bytes += character ? character->bytes : 1;
  }
  return bytes;
}

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

std::size_t columns(std::string_view printable_text) {
  std::size_t total = 0;
  while (!printable_text.empty()) {
    const auto character = first_utf8_character(printable_text);
    total += character ? columns_of(character->code_point) : 1;
    printable_text.remove_prefix(character ? character->bytes : 1);
  }
  return total;
}

std::string fit(std::string_view printable_text, std::size_t max_columns) {
  if (bytes_that_fit(printable_text, max_columns) == printable_text.size())
    return std::string(printable_text);
  constexpr std::size_t dots = 3;
  if (max_columns < dots) return std::string(max_columns, '.');
  return std::string(printable_text.substr(0, bytes_that_fit(printable_text, max_columns - dots))) + "...";
}

std::string paragraph(std::string_view printable_text, std::size_t width) {
  std::string lines;
  std::size_t used = 0;
  while (!printable_text.empty()) {
    const auto word = printable_text.substr(0, printable_text.find(' '));
    printable_text.remove_prefix(word.size() < printable_text.size() ? word.size() + 1 : word.size());
    const std::size_t needed = columns(word);
    if (used > 0 && used + 1 + needed > width) {
      lines += '\n';
      used = 0;
    }
    if (used > 0) lines += ' ';
    used += needed + (used > 0 ? 1 : 0);
    lines += word;
  }
  return lines;
}

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
