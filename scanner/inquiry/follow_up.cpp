#include "scanner/inquiry/follow_up.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "scanner/judging/facts.hpp"
#include "scanner/inquiry/second_look.hpp"

namespace edgesurvey {
namespace {

// Each costs a probe or a few, and saves as long as an answer is waited for.
constexpr unsigned most_spoken_beside = 3;

// Between the first try of a CLS port and its last: all of them in one spell of loss would be as good as one.
constexpr Duration longer_than_a_spell = std::chrono::milliseconds(2000);

// Between the tries of a control, of which the verdict seldom hangs on one.
constexpr Duration longer_than_most_spells = std::chrono::milliseconds(1200);

// A try that failed at home asked nothing.
std::size_t ports_asked(const Evidence& evidence) {
  return static_cast<std::size_t>(std::count_if(
      evidence.ports.begin(), evidence.ports.end(),
      [](const PortEvidence& port) { return port.attempts > 0 && port.reason != Reason::local_error; }));
}

}  // namespace

void FollowUp::go_on(Time now, Time late_before, bool in_haste) {
  in_haste_ = in_haste;
  if (first_pass_.host_seems_gone(late_before)) ask_bracket_early(now);
  switch (first_pass_.halt()) {
    case Halt::none:
    case Halt::enough:
      break;
    case Halt::awaits_answers:
      if (first_pass_.seems_silent(late_before)) ask_bracket_early(now);
      return;
    case Halt::may_be_the_end:
      return speak_beside(now, late_before);
    case Halt::asks_doubtful:
      for (const std::size_t index : first_pass_.doubtful_half_way())
        ask_again(agenda_, evidence_, rules_, index, now);
      return;
    case Halt::awaits_bracket:
      return ask_bracket_early(now);
  }
  if (!first_pass_.is_through()) return;
  if (in_flight_.none()) return advance(now);
  if (may_begin_beside()) step(now);
  if (last_look_is_due(late_before)) {
    if (phase_ == Phase::first_pass && asked_at_early_words_ && was_the_end()) step(now);
    if (phase_ == Phase::last_words) return step(now);
  }
  if (!search_beside(now, late_before)) speak_beside(now, late_before);
}

// Of a host that has gone dark the rest of the sample is pointless. With it the silent CLS ports, for which
// time enough has passed, or will have: nothing waits for them here, and at the end something might.
void FollowUp::ask_bracket_early(Time now) {
  if (evidence_.bracket) return;
  asked_at_early_words_ = ports_asked(evidence_);
  spoke_of_bracket_alone_ = true;
  ask_cls_once_more(now);
  ask_bracket(now);
}

// Nothing is in flight, and every planned port has had its first try. While further tries wait for their
// time, what does not depend on them goes on: what follows one after another is what makes a host's scan
// long. Only its end waits for all that came before.
void FollowUp::advance(Time now) {
  if (!begun() && !agenda_.empty() && waits_for_the_agenda()) return;
  while (!done() && agenda_.next_due() > now) {
    if (phase_ >= Phase::boundaries && !agenda_.empty()) {
      if (phase_ == Phase::boundaries) search_.plan(now, in_haste_);
      return;
    }
    step(now);
  }
}

// The second look waits for all first tries, and for nothing else.
bool FollowUp::may_begin_beside() const {
  return !begun() && !in_flight_.has_first_tries() && !words_are_spoken() && !looks_like_the_end() &&
         !waits_for_the_agenda();
}

// Whether there was anything to ask. Where something in front refuses too, or the host may have gone dark,
// what is silent and what is refused may look otherwise once all first tries are in.
bool FollowUp::search_beside(Time now, Time late_before) {
  const bool clear = begun() ? phase_ >= Phase::boundaries
                             : first_pass_.passed_in_part() && !in_flight_.host_is_in_doubt() &&
                                   refusals_worth_a_third_look(evidence_).empty();
  if (!clear || went_dark(evidence_) || !search_.plan(now, in_haste_, late_before)) return false;
  if (begun()) phase_ = Phase::boundaries;
  return true;
}

// Where packets were lost the last look does, in haste, not wait until the last silences are given up.
bool FollowUp::last_look_is_due(Time late_before) const {
  const bool all_is_late = in_haste_ && agenda_.empty() && in_flight_.last_asked() < late_before;
  return all_is_late && !in_flight_.has_words() && packets_were_lost(evidence_) && !went_dark(evidence_);
}

void FollowUp::speak_beside(Time now, Time late_before) {
  if (in_flight_.first_of_search(late_before) < Time::max() || in_flight_.has_words()) return;
  if (phase_ == Phase::boundaries && spoken_ < most_spoken_beside && agenda_.empty()) {
    phase_ = Phase::last_words;
    plan_last_words(now);
  } else if (!begun() && !words_are_spoken() && looks_like_the_end()) {
    asked_at_early_words_ = ports_asked(evidence_);
    spoke_of_bracket_alone_ = false;
    plan_last_words(now);
  }
}

// No SYN of the plan is left, or of the half of its sample that may be enough. Either nothing in the range
// has answered, so that nothing more is to be asked there, or the host seems to have gone dark, and its
// bracket tells.
bool FollowUp::looks_like_the_end() const {
  constexpr std::uint32_t some = 2;
  return !rests_on_controls(evidence_) || evidence_.repeats_silent >= some;
}

// Otherwise the last words are spoken again: if more ports were asked since, or if now another port would
// show better that the host lives, the bracket vouches for nothing.
bool FollowUp::was_the_end() const {
  return is_best_bracketed(evidence_) && words_are_spoken() &&
         (went_dark(evidence_) || !rests_on_controls(evidence_));
}

// For all that was asked by now, though they may turn out not to be the last. Of a host that has gone dark
// the bracket alone says it all.
bool FollowUp::words_are_spoken() const {
  return asked_at_early_words_ == ports_asked(evidence_) &&
         (!spoke_of_bracket_alone_ || went_dark(evidence_));
}

bool FollowUp::waits_for_the_agenda() const {
  return (asked_at_early_words_ && was_the_end()) || !second_look_is_due();
}

// The second look comes once: not before something has answered that it could be about.
bool FollowUp::second_look_is_due() const {
  return !ports_worth_a_second_look(evidence_).empty() || repeats_wanted(evidence_) > 0;
}

void FollowUp::step(Time now) {
  switch (phase_) {
    case Phase::first_pass:
      if (asked_at_early_words_ && was_the_end()) {
        phase_ = Phase::last_words;
        return;
      }
      plan_second_look(now);
      phase_ = plan_third_look(now) ? Phase::third_look : Phase::boundaries;
      return;
    case Phase::third_look:
      // Round after round, until those that still come late have had all their tries; in haste, with the
      // search beside the second.
      if (!plan_third_look(now) || rules_.hurries(in_haste_)) phase_ = Phase::boundaries;
      return;
    case Phase::boundaries:
      // Refusals may have come in beside the search.
      if (search_.plan(now, in_haste_) || plan_third_look(now)) return;
      phase_ = Phase::last_words;
      return plan_last_words(now);
    case Phase::last_words:
    case Phase::last_look:
      if (went_dark(evidence_)) {
        phase_ = Phase::done;
        return;
      }
      // What was silent at the end of an opening may have answered since. The last words come after all.
      if (search_.plan(now, in_haste_)) {
        phase_ = Phase::boundaries;
        return;
      }
      plan_third_look(now);
      plan_last_look(now);
      phase_ = agenda_.empty() && in_flight_.none() ? Phase::done : Phase::last_look;
      return;
    case Phase::done:
      return;
  }
}

void FollowUp::ask_controls_again(Time now) {
  for (const std::size_t index : controls_to_ask_again(evidence_))
    ask_again(agenda_, evidence_, rules_, index,
              std::max(now, evidence_.ports[index].asked + longer_than_most_spells));
}

void FollowUp::plan_second_look(Time now) {
  looked_again_ = rests_on_controls(evidence_);
  if (looked_again_) ask_controls_again(now);
  const bool once_more = answered_late(evidence_);
  for (const std::size_t index : ports_worth_a_second_look(evidence_)) {
    const auto& port = evidence_.ports[index];
    // Controls among them are noted already, for later.
    if (port.attempts == 1 || once_more) ask_again(agenda_, evidence_, rules_, index, now);
  }
  for (auto number = evidence_.repeats; number < repeats_wanted(evidence_); ++number)
    agenda_.ask(repeat_task(number), now);
  if (!looked_again_) return;
  if (was_out_of_reach(evidence_)) last_look_.look_ahead(now + between_looks);
  ask_cls_once_more(now);
}

bool FollowUp::plan_third_look(Time now) {
  bool any = false;
  for (const std::size_t index : refusals_worth_a_third_look(evidence_))
    any |= ask_again(agenda_, evidence_, rules_, index, now);
  return any;
}

void FollowUp::plan_last_words(Time now) {
  forget_earlier_words();
  ++spoken_;
  for (const auto& port : evidence_.ports)
    if (port.role == Role::cls && port.state == PortState::open) confirm(port.port, now);
  ask_cls_once_more(now);
  ask_bracket(now);
}

void FollowUp::ask_bracket(Time now) {
  const auto bracket = bracket_port(evidence_);
  if (!bracket) return;
  evidence_.bracket = Recheck{.port = evidence_.ports[*bracket].port};
  agenda_.ask(bracket_task, now);
}

// Once, beside whatever comes after its first tries. Those still in flight may answer: then this is dropped.
// Where packets were lost, and nothing in the range has answered, the last look comes at once and asks them.
void FollowUp::ask_cls_once_more(Time now) {
  if (rules_.retries == 0 || std::exchange(asked_cls_once_more_, true)) return;
  const bool looks = !begun() && !rests_on_controls(evidence_) && was_out_of_reach(evidence_);
  const bool looks_at_cls = looks && !silences_worth_a_last_look(evidence_).empty();
  Time look = now + between_looks;
  for (std::size_t i = 0; i < first_pass_.essentials(); ++i) {
    const PortEvidence& port = evidence_.ports[i];
    if (port.role != Role::cls || port.answered()) continue;
    const Time apart = port.attempts > port.given_up ? now + between_looks : now;  // from a try in flight
    const Time outlasted = std::max(apart, port.asked + longer_than_a_spell);
    look = std::max(look, outlasted);
    const bool is_looked_at = looks_at_cls && port.is_silent();
    if (!is_looked_at) agenda_.ask(port_task(i), outlasted);
  }
  if (looks) last_look_.look_ahead(look);
}

void FollowUp::forget_earlier_words() {
  const auto forget = [this](const Recheck& recheck, TaskId task) {
    evidence_.forgotten += recheck.attempts;
    evidence_.forgotten_late |= recheck.answered_late();
    agenda_.drop(task);
  };
  if (evidence_.bracket) forget(*evidence_.bracket, bracket_task);
  for (std::size_t i = 0; i < evidence_.confirm.size(); ++i) forget(evidence_.confirm[i], confirm_task(i));
  evidence_.bracket.reset();
  evidence_.confirm.clear();
}

void FollowUp::confirm(Port port, Time not_before) {
  agenda_.ask(confirm_task(evidence_.confirm.size()), not_before);
  evidence_.confirm.push_back({.port = port});
}

void FollowUp::plan_last_look(Time now) {
  for (const Port port : unconfirmed_cls_ports(evidence_)) confirm(port, now);
  // The range may have been heard only now: its second look is still due.
  if (!looked_again_) plan_second_look(now);
  if (agenda_.empty()) last_look_.plan(now);
}

}  // namespace edgesurvey
