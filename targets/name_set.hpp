// Names and whole domains, asked about in time that does not grow with their number.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "targets/host_name.hpp"

namespace edgesurvey {

class NameSet {
 public:
  void insert(const HostName& name) { names_.insert(name.ascii()); }
  // "*.domain": every name under it, at any depth, but not the domain itself.
  void insert_under(const HostName& domain) { domains_.insert(domain.ascii()); }

  bool contains(const HostName& name) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Strings = std::unordered_set<std::string, Hash, std::equal_to<>>;

  Strings names_;
  Strings domains_;
};

}  // namespace edgesurvey
