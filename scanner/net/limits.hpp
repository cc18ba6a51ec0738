// What this machine lets us do at once: descriptors, and the connection tracker's room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace edgesurvey {

struct DescriptorBudget {
  std::size_t soft_limit = 0;     // after raising
  std::size_t reserve = 0;        // kept for DNS, files and the terminal
  std::size_t max_in_flight = 0;  // probes at once
};

// Raises RLIMIT_NOFILE's soft limit towards the hard one (at most `wanted` probes plus the reserve) and says
// how many probes may be in flight; descriptors already open are counted. Never fails: the least is 1.
DescriptorBudget raise_descriptor_limit(std::size_t wanted);

// A Linux connection tracker in the path of our own packets holds an unanswered SYN for 120 s
// (nf_conntrack_tcp_timeout_syn_sent); when its table is full every port looks filtered.
struct ConntrackRoom {
  std::uint64_t max = 0;
  std::uint64_t count = 0;
};
// nullopt where there is none to be read.
std::optional<ConntrackRoom> conntrack_room();

// A warning for people when `unanswered` probes would overfill the tracker within its 120 s; nullopt when
// not.
std::optional<std::string> conntrack_warning(const ConntrackRoom& room, double unanswered_per_second,
                                             std::uint64_t unanswered_total);

}  // namespace edgesurvey
