// The yardstick: what the kernel alone allows. One thread, one epoll descriptor, and for each probe the
// fewest system calls that learn a refusal: socket, connect, epoll_ctl, getsockopt, setsockopt (linger),
// close. It keeps no state, no deadline and no result, so no scanner by connect() can be faster on the same
// kernel.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "targets/address.hpp"
#include "targets/port_set.hpp"

namespace edgesurvey::bench {

struct BareCount {
  std::uint64_t probes = 0;
  std::uint64_t refused = 0;
};

// Every port of every host, one port after another over all hosts, as a schedule that interleaves hosts
// would. Preconditions: all hosts are IPv4 and every port answers at once, or the loop waits for ever. Throws
// std::system_error when a call fails that must not.
BareCount run_bare_loop(const std::vector<Address>& hosts, const std::vector<Port>& ports);

}  // namespace edgesurvey::bench
