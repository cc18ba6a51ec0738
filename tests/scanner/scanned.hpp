// One host scanned to its end in virtual time, and what is asked of the result in tests.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "scanner/judging/classify.hpp"
#include "scanner/virtual_network.hpp"

namespace edgesurvey::virtual_net {

struct Started {
  HostProbe probe;
  Time at;
};

struct Scanned {
  Evidence evidence;
  std::vector<Started> started;
  std::vector<Time> syns;
};

inline Scanned scanned(const Host& host, const ScanRules& rules = {}, std::size_t sample = 64,
                       std::uint64_t seed = 1) {
  const ProbePlan plan(sample, seed);
  HostModel model(host, seed);
  Scanned result;
  result.evidence = scan(model, plan, rules, [&](const HostProbe& probe, Time at) {
    result.started.push_back({probe, at});
  });
  result.syns = model.syns();
  return result;
}

// When this try was started; Time::max() if it never was.
inline Time started_at(const Scanned& scan, TryId id) {
  Time last = Time::max();
  for (const auto& [probe, at] : scan.started)
    if (probe.id == id) last = at;
  return last;
}

inline std::string reason_of(const Scanned& scan) {
  return std::string(to_string(classify(scan.evidence).reason));
}

inline const PortEvidence& port_of(const Evidence& evidence, Port port) {
  return *std::find_if(evidence.ports.begin(), evidence.ports.end(),
                       [&](const auto& p) { return p.port == port; });
}

inline std::ptrdiff_t sample_of(const Evidence& evidence) {
  return std::count_if(evidence.ports.begin(), evidence.ports.end(),
                       [](const PortEvidence& port) { return port.role == Role::sample; });
}

inline unsigned most_attempts(const Evidence& evidence, Role role) {
  unsigned most = 0;
  for (const auto& port : evidence.ports)
    if (port.role == role) most = std::max<unsigned>(most, port.attempts);
  return most;
}

inline ProbeOutcome silent() {
  return {.state = PortState::filtered, .reason = Reason::no_response};
}
inline ProbeOutcome open_after(Duration rtt) {
  return {.state = PortState::open, .reason = Reason::syn_ack, .rtt = rtt};
}

}  // namespace edgesurvey::virtual_net
