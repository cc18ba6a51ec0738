#include "reports/escape.hpp"

#include <uniwidth.h>

#include <algorithm>
#include <array>

#include "targets/text/text.hpp"
#include "targets/text/utf8.hpp"

namespace edgesurvey {
namespace {

constexpr std::array<std::string_view, 8> formula_starts{
    "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

bool looks_like_a_formula(std::string_view text) {
  if (const auto start = text.find_first_not_of(' '); start != std::string_view::npos) {
    text.remove_prefix(start);
  }
  return std::any_of(formula_starts.begin(), formula_starts.end(),
                     [text](std::string_view start) { return text.starts_with(start); });
}

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

}  // namespace

std::string csv_text(std::string_view untrusted) {
  std::string text = printable(untrusted);
  if (looks_like_a_formula(text)) text.insert(0, "'");
  if (text.find_first_of(",;\"'") == std::string::npos && !text.starts_with(' ') && !text.ends_with(' ')) {
    return text;
  }
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += '"';
    field += c;
  }
  return field + '"';
}

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

}  // namespace edgesurvey
