#include "scanner/follow_up.hpp"

#include "scanner/second_look.hpp"
#include "scanner/spans.hpp"

namespace edgesurvey {
namespace {

// Spells of loss last about as long as one look with its pauses: two looks outlast most of them.
constexpr unsigned most_last_looks = 2;

// At a slow pace it is the number of probes that takes time, at a fast one the number of rounds.
unsigned asked_between(const ScanRules& rules) {
  constexpr double slow = 20;
  return rules.host_rate > 0 && rules.host_rate < slow ? 1 : 3;
}

}  // namespace

// While further tries wait for their time, what does not depend on them goes on: what follows one after
// another is what makes a host's scan long. Only its end waits for all that came before.
void FollowUp::advance(Time now) {
  if (!begun() && !agenda_.empty() && !second_look_is_due()) return;
  while (!done() && agenda_.next_due() > now) {
    if (phase_ >= Phase::boundaries && !agenda_.empty()) {
      if (phase_ == Phase::boundaries) plan_boundaries(now);
      return;
    }
    step(now);
  }
}

// The second look comes once: not before something has answered that it could be about.
bool FollowUp::second_look_is_due() const {
  return !ports_worth_a_second_look(evidence_).empty() || repeats_wanted(evidence_) > 0;
}

void FollowUp::step(Time now) {
  switch (phase_) {
    case Phase::first_pass:
      plan_second_look(now);
      phase_ = plan_third_look(now) ? Phase::third_look : Phase::boundaries;
      if (phase_ == Phase::boundaries) plan_boundaries(now);
      return;
    case Phase::third_look:
      // Round after round, until those that still come late have had all their tries.
      if (!plan_third_look(now)) phase_ = Phase::boundaries;
      return;
    case Phase::boundaries:
      plan_boundaries(now);
      // Refusals may have come in beside the search.
      if (!agenda_.empty() || plan_third_look(now)) return;
      phase_ = Phase::last_words;
      return plan_last_words(now);
    case Phase::last_words:
    case Phase::last_look:
      phase_ = plan_last_look(now) ? Phase::last_look : Phase::done;
      return;
    case Phase::done:
      return;
  }
}

bool FollowUp::ask_again(std::size_t index, Time not_before) {
  const bool asks = evidence_.ports[index].attempts <= rules_.retries && !agenda_.contains(port_task(index));
  if (asks) agenda_.ask(port_task(index), not_before);
  return asks;
}

void FollowUp::plan_second_look(Time now) {
  for (const std::size_t index : ports_worth_a_second_look(evidence_)) ask_again(index, now);
  for (auto number = evidence_.repeats; number < repeats_wanted(evidence_); ++number)
    agenda_.ask(repeat_task(number), now);
}

bool FollowUp::plan_third_look(Time now) {
  bool any = false;
  for (const std::size_t index : refusals_worth_a_third_look(evidence_)) any |= ask_again(index, now);
  return any;
}

// Each round narrows every boundary down; the next is planned when the first tries of this one are in. Where
// a search has come to its end, the silence there is asked again, and once more where packets are being lost:
// if it was a lost packet, the search goes on.
void FollowUp::plan_boundaries(Time now) {
  const auto ports = boundary_ports_to_ask(evidence_, asked_between(rules_));
  for (const Port port : ports) {
    agenda_.ask(port_task(evidence_.ports.size()), now);
    evidence_.ports.push_back({.port = port, .role = Role::boundary});
  }
  if (!ports.empty()) return;
  const bool once_more = answered_late(evidence_);
  for (const std::size_t index : silences_at_boundaries(evidence_))
    if (evidence_.ports[index].attempts == 1 || once_more) ask_again(index, now);
}

void FollowUp::plan_last_words(Time now) {
  for (const auto& port : evidence_.ports)
    if (port.role == Role::cls && port.state == PortState::open) confirm(port.port, now);
  if (rules_.retries > 0)
    for (const std::size_t index : silent_cls_ports(evidence_)) agenda_.ask(port_task(index), now);
  const auto bracket = bracket_port(evidence_);
  if (!bracket) return;
  evidence_.bracket = Recheck{.port = evidence_.ports[*bracket].port};
  agenda_.ask(bracket_task, now);
}

void FollowUp::confirm(Port port, Time not_before) {
  agenda_.ask(confirm_task(evidence_.confirm.size()), not_before);
  evidence_.confirm.push_back({.port = port});
}

// After the bracket: what is heard now counts, and what stays silent was bracketed before.
bool FollowUp::plan_last_look(Time now) {
  for (const Port port : unconfirmed_cls_ports(evidence_)) confirm(port, now);
  // The range may have been heard only now: its second look is still due.
  if (evidence_.repeats == 0) plan_second_look(now);
  const bool looks = rules_.retries > 0 && last_looks_ < most_last_looks && packets_were_lost(evidence_);
  if (!agenda_.empty() || !looks) return !agenda_.empty();
  const Time later = now + rules_.retry_pause * (1U << last_looks_++);
  for (std::size_t i = 0; i < evidence_.confirm.size(); ++i)
    if (!evidence_.confirm[i].answered()) agenda_.ask(confirm_task(i), later);
  for (const std::size_t index : silences_worth_a_last_look(evidence_)) agenda_.ask(port_task(index), later);
  return !agenda_.empty();
}

}  // namespace edgesurvey
