#include "reports/remediation/texts.hpp"

#include <algorithm>

namespace edgesurvey::remediation {

std::string fill(std::string_view text, std::initializer_list<Filling> fillings) {
  std::string filled;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto* filling = std::find_if(fillings.begin(), fillings.end(),
                                       [line](const Filling& each) { return each.mark == line; });
    const std::string_view shown = filling == fillings.end() ? line : std::string_view(filling->text);
    filled += shown;
    const bool leaves_no_line = filling != fillings.end() && shown.empty();
    if (!leaves_no_line && !shown.ends_with('\n')) filled += '\n';
  }
  return filled;
}

}  // namespace edgesurvey::remediation
