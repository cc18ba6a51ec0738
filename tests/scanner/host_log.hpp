// The log of one host, filled by hand: each port answers as a test says, and what the questions see of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <utility>

#include "scanner/inquiry/questions.hpp"
#include "scanner/scanned.hpp"

namespace edgesurvey::virtual_net {

struct HostLog {
  explicit HostLog(std::size_t sample = 64, ScanRules with = {.host_rate = 100})
      : plan(sample, 1), rules(std::move(with)), log(Address(), plan, rules.timeout) {}

  // Starts an attempt at a planned port, or at one of an edge.
  AttemptId ask(Port port) {
    const QuestionId question = in_plan(port) ? QuestionId::sample : QuestionId::range_edge;
    return log.start(row_of(question), port, now);
  }
  AttemptId ask_index(std::size_t index) { return ask(plan.ports()[index].port); }
  // An attempt and its answer, or its silence: that is waited for half a second.
  void answer(Port port, const ProbeOutcome& outcome) {
    const AttemptId id = ask(port);
    const Duration waited = outcome.answered() ? outcome.rtt : Duration(std::chrono::milliseconds(500));
    log.on_result(id, outcome, now + waited);
  }
  void answer_index(std::size_t index, const ProbeOutcome& outcome) {
    answer(plan.ports()[index].port, outcome);
  }
  void answer_all(Role role, const ProbeOutcome& outcome) {
    for (std::size_t i = plan.of(role).first; i < plan.of(role).last; ++i) answer_index(i, outcome);
  }
  // The first `count` ports of the sample.
  void answer_sample(std::size_t count, const ProbeOutcome& outcome) {
    for (std::size_t i = 0; i < count; ++i) answer_index(plan.of(Role::sample).first + i, outcome);
  }
  Port sample_port(std::size_t number) const {
    return plan.ports()[plan.of(Role::sample).first + number].port;
  }

  Observed seen() const { return Observed(log, plan, rules, now, true); }
  Want wanted(QuestionId question) const {
    const Question& row = row_of(question);
    return row.wants(seen(), row);
  }

  bool in_plan(Port port) const {
    for (const PlannedPort& planned : plan.ports())
      if (planned.port == port) return true;
    return false;
  }

  ProbePlan plan;
  ScanRules rules;
  AttemptLog log;
  Time now{std::chrono::seconds(1)};
};

inline ProbeOutcome icmp_after(Duration rtt, Reason reason = Reason::admin_prohibited) {
  return {.state = PortState::filtered, .reason = reason, .rtt = rtt};
}

}  // namespace edgesurvey::virtual_net
