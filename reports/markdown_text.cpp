#include "reports/markdown_text.hpp"

#include "reports/escape.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {

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
