// c-ares as a whole: its one-time start, and its errors as exceptions.
#pragma once

#include <vector>

#include "targets/dns/resolver_options.hpp"

namespace edgesurvey {

// Counts its users; c-ares is started by the first and cleaned up by the last.
class AresLibrary {
 public:
  AresLibrary();
  ~AresLibrary();
  AresLibrary(const AresLibrary&) = delete;
  AresLibrary& operator=(const AresLibrary&) = delete;
};

// Throws std::runtime_error with c-ares' own words unless the status is ARES_SUCCESS.
void require_ares(int status);

// The servers that a resolv.conf names, in its order; this host itself if it names none, as resolv.conf(5)
// has it.
std::vector<NameServer> system_servers(const std::string& resolv_conf);

}  // namespace edgesurvey
