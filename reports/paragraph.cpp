#include "reports/paragraph.hpp"

#include "reports/escape.hpp"

namespace edgesurvey {

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

}  // namespace edgesurvey
