// Evidence for tests, written the way the design's tables are: what each group of ports answered.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/plan.hpp"

namespace edgesurvey {

// What came of one port.
struct Answer {
  PortState state = PortState::unknown;
  Reason reason = Reason::not_run;
  Duration rtt{};
};

inline constexpr Duration host_rtt = std::chrono::milliseconds(40);
inline constexpr Duration front_rtt = std::chrono::milliseconds(8);

inline Answer syn_ack(Duration rtt = host_rtt) {
  return {PortState::open, Reason::syn_ack, rtt};
}
inline Answer rst(Duration rtt = host_rtt) {
  return {PortState::closed, Reason::conn_refused, rtt};
}
inline Answer icmp(Reason reason, Duration rtt = front_rtt) {
  return {PortState::filtered, reason, rtt};
}
inline Answer silence() {
  return {PortState::filtered, Reason::no_response, {}};
}
inline Answer local_error() {
  return {PortState::unknown, Reason::local_error, {}};
}
inline Answer not_run() {
  return {};
}

class EvidenceMaker {
 public:
  explicit EvidenceMaker(std::size_t sample = 64) {
    const ProbePlan plan(sample, 1);
    for (const auto& planned : plan.ports())
      evidence.ports.push_back(
          {.port = planned.port, .role = planned.role, .asked = Time{} + clock_++ * host_rtt});
    touched_.resize(evidence.ports.size());
  }

  EvidenceMaker& all(Role role, const Answer& answer) { return some(role, evidence.ports.size(), answer); }
  EvidenceMaker& rest(Role role, const Answer& answer) { return all(role, answer); }

  // The first `count` ports of the role that nothing was said about.
  EvidenceMaker& some(Role role, std::size_t count, const Answer& answer) {
    for (std::size_t i = 0; i < evidence.ports.size() && count > 0; ++i) {
      if (evidence.ports[i].role != role || touched_[i]) continue;
      set(i, answer);
      --count;
    }
    return *this;
  }

  // As a scan that ran to its end does it: CLS ports that were open asked again, the liveness check, and the
  // service repeated for its RTT.
  EvidenceMaker& finished(unsigned cls_open_at_end = 3) {
    for (const auto& port : evidence.ports) {
      if (port.state == PortState::open && port.role == Role::service) {
        if (!evidence.liveness) {
          evidence.liveness = Recheck{port.port, port.state, port.reason, PeerAct::not_watched, 1};
          for (int i = 0; i < 5; ++i) evidence.syn_ack_rtts.push_back({port.rtt + i * wobble});
          evidence.other_attempts = 5;
        }
        evidence.syn_ack_rtts.push_back({port.rtt});
      }
      if (port.state != PortState::open || port.role != Role::cls) continue;
      const Answer now = cls_open_at_end > evidence.confirm.size() ? syn_ack() : rst();
      evidence.confirm.push_back({port.port, now.state, now.reason, PeerAct::idle, 1});
    }
    if (!evidence.liveness) check_liveness_by_any_answer();
    return *this;
  }

  // The liveness check went unanswered, or was answered in another way.
  EvidenceMaker& liveness(const Answer& answer) {
    evidence.liveness->state = answer.state;
    evidence.liveness->reason = answer.reason;
    return *this;
  }

  Evidence evidence;

 private:
  static constexpr Duration wobble = std::chrono::microseconds(100);

  void set(std::size_t index, const Answer& answer) {
    auto& port = evidence.ports[index];
    touched_[index] = true;
    port.state = answer.state;
    port.reason = answer.reason;
    const bool measured = answer.rtt > Duration::zero();
    port.rtt = measured ? answer.rtt + static_cast<Duration::rep>(index % 7) * wobble : Duration::zero();
    port.attempts = answer.reason == Reason::not_run ? 0 : 1;
    if (answer.reason == Reason::no_response) port.waited = std::chrono::seconds(3);
    port.answered_at = port.answered() ? 1 : 0;
  }

  void check_liveness_by_any_answer() {
    const auto answered = std::find_if(evidence.ports.begin(), evidence.ports.end(), [](const auto& port) {
      return port.state == PortState::open || port.state == PortState::closed;
    });
    if (answered != evidence.ports.end())
      evidence.liveness = Recheck{answered->port, answered->state, answered->reason, PeerAct::not_watched, 1};
  }

  std::vector<bool> touched_;
  Duration::rep clock_ = 0;
};

inline rc::Gen<Answer> arbitrary_answer() {
  return rc::gen::weightedOneOf<Answer>(
      {{4, rc::gen::just(silence())},
       {3, rc::gen::element(rst(), rst(front_rtt), rst(Duration::zero()))},
       {3, rc::gen::just(syn_ack())},
       {1, rc::gen::element(icmp(Reason::admin_prohibited), icmp(Reason::port_unreach),
                            icmp(Reason::host_unreach), icmp(Reason::net_unreach))},
       {1, rc::gen::element(local_error(), not_run())}});
}

// Any evidence at all. Networks treat ports of a group alike, so a group mostly does; a uniformly random mix
// would never come near the rules' edges.
inline rc::Gen<Evidence> arbitrary_evidence() {
  return rc::gen::exec([] {
    EvidenceMaker maker(*rc::gen::inRange<std::size_t>(1, 24));
    for (const Role role : {Role::service, Role::cls, Role::control, Role::sample}) {
      maker.some(role, *rc::gen::inRange<std::size_t>(0, 5), *arbitrary_answer());
      maker.some(role, *rc::gen::inRange<std::size_t>(0, 5), *arbitrary_answer());
      maker.rest(role, *arbitrary_answer());
    }
    if (*rc::gen::inRange(0, 4) > 0) maker.finished(*rc::gen::inRange(0U, 4U));
    if (maker.evidence.liveness && *rc::gen::inRange(0, 3) == 0) maker.liveness(*arbitrary_answer());
    for (auto& confirm : maker.evidence.confirm) {
      if (*rc::gen::inRange(0, 4) > 0) continue;
      const Answer answer = *arbitrary_answer();
      confirm.state = answer.state;
      confirm.reason = answer.reason;
    }
    return maker.evidence;
  });
}

}  // namespace edgesurvey
