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
  std::size_t lookups = 0;        // names looked up at once; their descriptors are in the reserve
  std::size_t max_in_flight = 0;  // probes at once
};

// Raises RLIMIT_NOFILE's soft limit towards the hard one, as far as so many probes and lookups at once need,
// and says how many there may be; descriptors already open are counted. Where they do not suffice, lookups
// get up to a quarter: no name is to wait for the probes. Never fails: the least is one probe, and one lookup
// if any are wanted.
DescriptorBudget raise_descriptor_limit(std::size_t wanted_probes, std::size_t wanted_lookups = 0);

// What to say when a survey cannot even begin with the descriptors it may have (raised first): what it needs
// and how to get it. To be asked before anything is opened for it; nullopt: there are enough.
std::optional<std::string> descriptor_shortage(bool with_names);

// A Linux connection tracker in the path of our own packets holds an unanswered SYN for 120 s
// (nf_conntrack_tcp_timeout_syn_sent); when its table is full every port looks filtered.
struct ConntrackRoom {
  std::uint64_t max = 0;
  std::uint64_t count = 0;
};
// nullopt where there is none to be read.
std::optional<ConntrackRoom> conntrack_room();

// A warning for people when `unanswered` probes would overfill the tracker within its 120 s; nullopt when
// not. A rate of 0 is none: all of them may be unanswered at once.
std::optional<std::string> conntrack_warning(const ConntrackRoom& room, double unanswered_per_second,
                                             std::uint64_t unanswered_total);

}  // namespace edgesurvey
