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

inline const Question& row_of(QuestionId id) {
  const auto rows = inquiry();
  return *std::find_if(rows.begin(), rows.end(), [id](const Question& row) { return row.id == id; });
}
inline AnswersFor answers_for(const HostProbe& probe) {
  return row_of(probe.question).answers_for;
}

// When the attempts at a port for its own state were started.
inline std::vector<Time> attempts_at(const Scanned& scan, Port port) {
  std::vector<Time> times;
  for (const auto& [probe, at] : scan.started)
    if (probe.port == port && answers_for(probe) == AnswersFor::port) times.push_back(at);
  return times;
}

// When a question's probes were started, whatever their port.
inline std::vector<Time> asked_for(const Scanned& scan, QuestionId question) {
  std::vector<Time> times;
  for (const auto& [probe, at] : scan.started)
    if (probe.question == question) times.push_back(at);
  return times;
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

inline std::ptrdiff_t ports_not_run(const Evidence& evidence) {
  return std::count_if(evidence.ports.begin(), evidence.ports.end(),
                       [](const PortEvidence& port) { return port.reason == Reason::not_run; });
}

inline ProbeOutcome silent() {
  return {.state = PortState::filtered, .reason = Reason::no_response};
}
inline ProbeOutcome open_after(Duration rtt) {
  return {.state = PortState::open, .reason = Reason::syn_ack, .rtt = rtt};
}
inline ProbeOutcome refused_after(Duration rtt) {
  return {.state = PortState::closed, .reason = Reason::conn_refused, .rtt = rtt};
}
inline ProbeOutcome failed_here() {
  return {.state = PortState::unknown, .reason = Reason::local_error, .error_number = 99};
}

}  // namespace edgesurvey::virtual_net
