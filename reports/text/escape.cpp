#include "reports/text/escape.hpp"

#include <algorithm>
#include <array>

#include "reports/text/terminal.hpp"
#include "targets/text/text.hpp"

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

std::string code_span(std::string_view untrusted, std::size_t max_columns) {
  if (untrusted.empty()) return "";
  std::string shown;
  for (const char c : printable(untrusted)) {
    switch (c) {
      case '`':
        shown += "\\x60";
        break;
      case '|':
        shown += "\\x7c";
        break;
      case '<':
        shown += "\\x3c";
        break;
      case '>':
        shown += "\\x3e";
        break;
      case '&':
        shown += "\\x26";
        break;
      default:
        shown += c;
    }
  }
  return "`" + fit(shown, max_columns) + "`";
}

}  // namespace edgesurvey
