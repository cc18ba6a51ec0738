// What a survey keeps in memory of every host, so that a report of one row a host need not read its record
// again.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "scanner/survey/host_report.hpp"

namespace edgesurvey {

// The CLS ports that a host showed, ascending. Asks only for the ports that were planned: a PortSet would
// have to be asked 65,536 times.
std::vector<Port> open_cls_ports(const HostReport& host);

// The RTT of the path: the quickest SYN-ACK of a service port. nullopt without one.
std::optional<Duration> path_rtt(const Evidence& evidence);

// The services whose states a row shows.
inline constexpr std::array<Port, 3> summed_up_services{443, 3478, 5061};

struct HostSummary {
  explicit HostSummary(const HostReport& host);

  Address address;
  Verdict verdict;
  VerdictReason reason;
  Confidence confidence;
  std::array<std::optional<PortState>, summed_up_services.size()> services;  // nullopt: not asked
  std::uint32_t range_sampled;
  std::uint32_t range_answered;
  std::optional<Interval> range_share;
  std::vector<Port> cls_open;   // ascending
  std::optional<Duration> rtt;  // of the path; none without a SYN-ACK
  WallTime scanned_at;
};

}  // namespace edgesurvey
