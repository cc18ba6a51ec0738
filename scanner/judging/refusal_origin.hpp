// Whose answer a refusal is, port by port: a firewall that rejects part of the range and passes the rest
// sends RSTs of its own among the host's, and only their RTT tells them apart.
#pragma once

#include <optional>

#include "scanner/evidence.hpp"
#include "scanner/judging/statistics.hpp"

namespace edgesurvey {

// Whether the port's RST came back sooner than the host could have sent it. nearest: nearest_from_host().
inline bool was_refused_in_front(const PortEvidence& port, std::optional<Duration> nearest) {
  return nearest && port.state == PortState::closed && port.rtt > Duration::zero() && port.rtt < *nearest;
}

}  // namespace edgesurvey
