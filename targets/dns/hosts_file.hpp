// The hosts file, hosts(5): what a system's own lookups honour before DNS.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "targets/address.hpp"
#include "targets/host_name.hpp"

namespace edgesurvey {

class HostsFile {
 public:
  // Lines that make no sense are passed over, as everyone does.
  static HostsFile parse(std::string_view text);
  // An absent or unreadable file is an empty one.
  static HostsFile read(const std::string& path);

  // Every address of the name, from all its lines, each once, IPv4 first. Empty if the file does not know it.
  std::vector<Address> find(const HostName& name) const;

 private:
  void parse_line(std::string_view line);

  std::unordered_map<std::string, std::vector<Address>> addresses_;  // by lower-case A-label name
};

}  // namespace edgesurvey
