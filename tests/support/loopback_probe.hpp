// One probe, or a few, through a real Connector, waiting for the event and never for a fixed time.
#pragma once

#include <poll.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "scanner/net/connect.hpp"

namespace edgesurvey::test {

inline Time clock_now() {
  return Time(std::chrono::steady_clock::now().time_since_epoch());
}

// Waits until the connector has something to take or its next deadline is there.
inline void wait_for(const Connector& connector) {
  pollfd readable{connector.descriptor(), POLLIN, 0};
  const Time deadline = connector.next_deadline();
  const Time now = clock_now();
  if (deadline <= now) return;
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
  ::poll(&readable, 1, static_cast<int>(ms));
}

inline std::vector<Completion> run_out(Connector& connector) {
  std::vector<Completion> completions;
  while (connector.in_flight() > 0) {
    wait_for(connector);
    connector.collect(clock_now(), completions);
  }
  return completions;
}

inline ConnectRequest request_to(const Address& address, Port port,
                                 Technique technique = Technique::half_open) {
  ConnectRequest request;
  request.address = address;
  request.port = port;
  request.technique = technique;
  request.timeout = std::chrono::seconds(5);
  request.watch = std::chrono::seconds(5);
  return request;
}

inline ProbeOutcome outcome_of(const ConnectRequest& request) {
  Connector connector;
  if (connector.start(request, clock_now()) != StartResult::started)
    throw std::runtime_error("no descriptor for the probe");
  const auto completions = run_out(connector);
  if (completions.size() != 1) throw std::runtime_error("not exactly one completion");
  return completions.front().outcome;
}

// "open syn-ack idle", "filtered admin-prohibited icmp 3/13 from 127.0.0.9", "unknown local-error errno 101"
inline std::string describe(const ProbeOutcome& outcome) {
  std::string text(to_string(outcome.state));
  text.append(" ").append(to_string(outcome.reason));
  if (outcome.peer != PeerAct::not_watched) text.append(" ").append(to_string(outcome.peer));
  if (outcome.icmp)
    text += " icmp " + std::to_string(outcome.icmp->type) + "/" + std::to_string(outcome.icmp->code) +
            " from " + outcome.icmp->from.to_string();
  if (outcome.error_number != 0) text += " errno " + std::to_string(outcome.error_number);
  return text;
}

inline std::string describe_probe(const ConnectRequest& request) {
  return describe(outcome_of(request));
}

}  // namespace edgesurvey::test
