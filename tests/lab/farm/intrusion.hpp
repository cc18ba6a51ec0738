// An intrusion prevention system: too many distinct ports in too short a time, and the source hears no more.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/lab/farm/ip.hpp"
#include "tests/lab/farm/spec.hpp"
#include "tests/lab/farm/time.hpp"

namespace edgesurvey::farm {

class IntrusionPrevention {
 public:
  explicit IntrusionPrevention(Ips ips) : ips_(std::move(ips)) {}

  bool blocks(const Ip& source, Time now);
  // The SYN that reaches the threshold is itself still served: the alarm takes effect after it.
  // `target` names the port, and the host where several stand behind it.
  void saw(const Ip& source, std::uint64_t target, bool refused, Time now);
  std::uint32_t trips() const { return trips_; }

 private:
  struct Sighting {
    std::uint64_t target;
    Time at;
  };
  struct Source {
    Ip address;
    std::vector<Sighting> recent;  // one a target, never more than the threshold
    bool blocked = false;
    Time until{0};  // with block_s > 0
  };
  Source& source_of(const Ip& address);

  Ips ips_;
  std::vector<Source> sources_;  // at most max_sources; the oldest is forgotten
  std::uint32_t trips_ = 0;
};

}  // namespace edgesurvey::farm
