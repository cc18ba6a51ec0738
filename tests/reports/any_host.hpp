// Hosts as RapidCheck imagines them: anything an engine could report, and some things that it could not.
#pragma once

#include <rapidcheck.h>

#include <set>

#include "reports/small_survey.hpp"

namespace edgesurvey::testing {

inline rc::Gen<Address> any_address() {
  return rc::gen::map(rc::gen::pair(rc::gen::arbitrary<bool>(),
                                    rc::gen::container<Address::Bytes>(rc::gen::arbitrary<std::uint8_t>())),
                      [](const std::pair<bool, Address::Bytes>& p) {
                        const auto& b = p.second;
                        return p.first ? Address::v4({b[0], b[1], b[2], b[3]}) : Address::v6(b);
                      });
}

template <typename Enum>
Enum any_of(int count) {
  return static_cast<Enum>(*rc::gen::inRange(0, count));
}

inline Duration any_rtt() {
  return std::chrono::microseconds(*rc::gen::inRange(0, 5'000'000));
}

inline PortEvidence any_port_evidence(Port number) {
  PortEvidence port;
  port.port = number;
  port.role = any_of<Role>(4);
  port.state = any_of<PortState>(4);
  port.reason = any_of<Reason>(9);
  port.attempts = *rc::gen::arbitrary<std::uint8_t>();
  if (!port.answered()) return port;
  port.rtt = any_rtt();
  if (*rc::gen::arbitrary<bool>()) {
    port.icmp = Icmp{.type = *rc::gen::arbitrary<std::uint8_t>(),
                     .code = *rc::gen::arbitrary<std::uint8_t>(),
                     .from = *any_address()};
  }
  return port;
}

inline Recheck any_recheck(Port port) {
  return {.port = port,
          .state = any_of<PortState>(4),
          .reason = any_of<Reason>(9),
          .peer = any_of<PeerAct>(5),
          .attempts = *rc::gen::arbitrary<std::uint8_t>()};
}

inline HostReport any_host() {
  HostReport host;
  host.evidence.address = *any_address();
  const auto ports = *rc::gen::container<std::set<Port>>(rc::gen::inRange<Port>(1, 65535));
  for (const Port port : ports) host.evidence.ports.push_back(any_port_evidence(port));
  for (const auto& port : host.evidence.ports) {
    if (port.role != Role::cls) continue;
    host.evidence.confirm.push_back(any_recheck(port.port));
    if (*rc::gen::arbitrary<bool>()) host.judgement.cls_open.insert(port.port);
  }
  if (*rc::gen::arbitrary<bool>()) {
    host.evidence.liveness = any_recheck(443);
    host.evidence.liveness->peer = PeerAct::not_watched;
  }
  if (*rc::gen::arbitrary<bool>()) host.evidence.syn_ack_rtts = {{any_rtt()}, {any_rtt()}};
  host.judgement.reason = any_of<VerdictReason>(13);
  host.judgement.verdict = verdict_of(host.judgement.reason);
  host.judgement.reasons = {host.judgement.reason, any_of<VerdictReason>(13)};
  host.judgement.confidence = any_of<Confidence>(3);
  host.judgement.explanation = *rc::gen::arbitrary<std::string>();
  const auto sampled = *rc::gen::inRange<std::uint32_t>(0, 200);
  const auto answered = *rc::gen::inRange<std::uint32_t>(0, sampled + 1);
  host.judgement.range = {.sampled = sampled, .answered = answered, .open = answered / 2, .share = {}};
  if (*rc::gen::arbitrary<bool>()) host.judgement.range.share = proportion(answered, sampled);
  host.scanned_at = WallTime(std::chrono::milliseconds(*rc::gen::inRange<std::int64_t>(0, 4102444800000)));
  return host;
}

}  // namespace edgesurvey::testing
