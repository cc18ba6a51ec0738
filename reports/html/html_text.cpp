#include "reports/html/html_text.hpp"

#include "targets/text/text.hpp"

namespace edgesurvey::html {

std::string escaped(std::string_view untrusted) {
  std::string text;
  for (const char c : printable(untrusted)) {
    switch (c) {
      case '&':
        text += "&amp;";
        break;
      case '<':
        text += "&lt;";
        break;
      case '>':
        text += "&gt;";
        break;
      case '"':
        text += "&quot;";
        break;
      case '\'':
        text += "&#39;";
        break;
      default:
        text += c;
    }
  }
  return text;
}

std::string isolated(std::string_view untrusted) {
  return "<bdi>" + escaped(untrusted) + "</bdi>";
}

}  // namespace edgesurvey::html
