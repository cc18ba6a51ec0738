// The few kernel settings a connect scan depends on, read from /proc/sys.
#pragma once

#include <cstdint>
#include <optional>

#include "targets/port_set.hpp"

namespace edgesurvey {

// The first number in a file of /proc; nullopt when it cannot be read.
std::optional<std::uint64_t> read_kernel_number(const char* path);

// The ports the kernel gives to our own end of a connection. Where it does not tell, any port may be ours.
struct LocalPortRange {
  Port first = 1;
  Port last = 65535;
  bool contains(Port port) const { return first <= port && port <= last; }
};
LocalPortRange local_port_range();

// How often the kernel resends an unanswered SYN before it gives up; Linux's own default where it does not
// tell.
unsigned syn_resends();

}  // namespace edgesurvey
