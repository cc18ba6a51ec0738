// What the truth's tests are made of.
#pragma once

#include <algorithm>
#include <string>

#include "tests/lab/farm/truth.hpp"

namespace edgesurvey::farm {

inline Host distant_edge() {
  Host host;
  host.address = *parse_ip("198.18.1.7");
  host.rtt = {100, 2, Rtt::Shape::gamma};
  host.open = *Ports::parse("443");
  return host;
}

inline Firewall firewall(Firewall::Refusal refusal, const std::string& passes, double rtt_ms = 20) {
  Firewall firewall;
  firewall.refusal = refusal;
  firewall.rtt = {rtt_ms, 0.5, Rtt::Shape::gamma};
  firewall.passes = *Ports::parse(passes);
  firewall.address = *parse_ip("198.19.0.1");
  return firewall;
}

inline bool accepts(const Truth& truth, const std::string& verdict) {
  return std::any_of(truth.accepted.begin(), truth.accepted.end(),
                     [&](const Accepted& entry) { return entry.verdict == verdict; });
}
inline std::string expected(const Truth& truth) {
  return truth.accepted.front().verdict + " " + truth.accepted.front().reasons.front();
}

inline constexpr auto drop = Firewall::Refusal::drop;
inline constexpr auto rst = Firewall::Refusal::rst;
inline constexpr auto icmp = Firewall::Refusal::icmp;

}  // namespace edgesurvey::farm
