#include "targets/name_set.hpp"

namespace edgesurvey {

bool NameSet::contains(const HostName& name) const {
  if (names_.contains(std::string_view(name.ascii()))) return true;
  if (domains_.empty()) return false;
  std::string_view parent = name.ascii();
  for (;;) {
    const std::size_t dot = parent.find('.');
    if (dot == std::string_view::npos) return false;
    parent.remove_prefix(dot + 1);
    if (domains_.contains(parent)) return true;
  }
}

}  // namespace edgesurvey
