#include "scanner/schedule/schedule.hpp"

#include <algorithm>
#include <utility>

namespace edgesurvey {
namespace {

// What a host may need beyond its own pace: answers and silences that are waited for one after another.
constexpr double waiting_seconds = 15;

// So long before a survey's end, as the pace takes for all that is planned, its hosts take turns, and are
// rather asked more ports than waited for.
constexpr double last_seconds = 8;

constexpr unsigned slot_shift = 32;

ProbeTicket ticket_of(HostSlot slot, AttemptId id) {
  return (ProbeTicket{slot} << slot_shift) | id;
}
HostSlot slot_of(ProbeTicket ticket) {
  return static_cast<HostSlot>(ticket >> slot_shift);
}
AttemptId attempt_of(ProbeTicket ticket) {
  return static_cast<AttemptId>(ticket);
}

// As much as the survey's pace sends while the last host admitted goes its own way. Nothing without a pace:
// then the pipe is filled by whatever is there.
std::size_t reserve_of(const SurveyPace& pace, const ScanRules& rules, const ProbePlan& plan) {
  const double own = rules.host_rate > 0 ? static_cast<double>(plan.size()) / rules.host_rate : 0;
  return static_cast<std::size_t>(std::min(std::max(pace.rate, 0.0) * (own + waiting_seconds), 1e12));
}

}  // namespace

Schedule::Schedule(const ProbePlan& plan, const ScanRules& rules, const SurveyPace& pace,
                   std::size_t max_in_flight)
    : plan_(plan),
      rules_(rules),
      rate_(pace.rate),
      first_half_(plan.of(Role::sample).first + first_part_of_sample(plan, rules)),
      reserve_(reserve_of(pace, rules, plan)),
      pacer_(pace.rate, pace.tolerance),
      flight_(max_in_flight) {}

// A host whose turn it was may turn out to want nothing: then another's it is.
Step Schedule::next(Time now) {
  for (;;)
    if (auto step = try_next(now)) return std::move(*step);
}

std::optional<Step> Schedule::try_next(Time now) {
  if (!finished_.empty()) {
    const HostSlot slot = finished_.front();
    finished_.pop_front();
    Evidence evidence = hosts_.scan(slot).evidence();
    hosts_.remove(slot);
    return HostFinished{std::move(evidence)};
  }
  if (stopped_ || (host_supply_ == Supply::ended && hosts_.active() == 0)) {
    if (flight_.in_flight() == 0) return Finished{};
    return WaitUntil{Time::max()};
  }
  if (const Time room = flight_.ready_at(); room > now) return WaitUntil{room};
  const Time look = look_around(now);
  const Time pace = pacer_.ready_at(now);
  const auto once_paced = [&](auto act) -> std::optional<Step> {
    if (pace > now) return WaitUntil{pace};
    return act();
  };
  // Before all else: whose way will be long is known only once it has begun.
  if (may_admit() && hosts_.backlog() < reserve_) return once_paced([] { return AdmitHost{}; });
  const Time pressed = hosts_.first_due(HostLanes::pressing);
  if (pressed <= now)
    return once_paced([&] { return start(hosts_.pop_first(HostLanes::pressing), HostLanes::pressing, now); });
  const Time can_wait = first_in_turn(now);
  if (may_admit() && can_wait > now) return once_paced([] { return AdmitHost{}; });
  if (can_wait <= now)
    return once_paced([&] {
      const HostSlot slot = in_turn_.top().slot;
      in_turn_.pop();
      return start(slot, HostLanes::patient, now);
    });
  const Time next = std::min(pressed, can_wait);
  return WaitUntil{std::min(look, next == Time::max() ? next : std::max(next, pace))};
}

void Schedule::admit(const Address& address) {
  hosts_.requeue(hosts_.add(std::make_unique<HostScan>(address, plan_, rules_)));
}

void Schedule::on_sent(ProbeTicket ticket, Time when) {
  pacer_.left_at(when);
  hosts_.scan(slot_of(ticket)).on_sent(when);
}

void Schedule::on_result(ProbeTicket ticket, const ProbeOutcome& outcome, Time now) {
  flight_.ended();
  pacer_.ended(ticket, now);
  HostScan& scan = hosts_.scan(slot_of(ticket));
  scan.favour_latency(nears_its_end());
  scan.on_result(attempt_of(ticket), outcome, now);
  settle(slot_of(ticket));
}

void Schedule::return_unsent(ProbeTicket ticket, Time now) {
  flight_.ran_short(now);
  pacer_.ended(ticket, now);
  hosts_.scan(slot_of(ticket)).return_unsent(attempt_of(ticket), now);
  settle(slot_of(ticket));
}

void Schedule::stop(Time now) {
  if (std::exchange(stopped_, true)) return;
  for (HostSlot slot = 0; slot < hosts_.slots(); ++slot) {
    if (!hosts_.is_active(slot) || hosts_.scan(slot).finished()) continue;  // the finished are queued already
    hosts_.scan(slot).stop(now);
    settle(slot);
  }
}

void Schedule::settle(HostSlot slot) {
  hosts_.requeue(slot);
  if (hosts_.scan(slot).finished()) finished_.push_back(slot);
}

bool Schedule::nears_its_end() const {
  if (host_supply_ != Supply::ended) return false;
  return rate_ <= 0 || static_cast<double>(hosts_.backlog()) <= last_seconds * rate_;
}

// Has those hosts go on whose silences are late by now; when the next of them is.
Time Schedule::look_around(Time now) {
  Time due = hosts_.first_due(HostLanes::looks);
  for (; due <= now; due = hosts_.first_due(HostLanes::looks)) {
    const HostSlot slot = hosts_.pop_first(HostLanes::looks);
    hosts_.leave(slot, HostLanes::looks);
    hosts_.scan(slot).favour_latency(nears_its_end());
    hosts_.scan(slot).look(now);
    settle(slot);
  }
  return due;
}

// First halves of samples before second ones, which are asked of silent hosts and seldom lead to anything:
// what a first half leads to, a check whether the host still lives above all, takes longest. Second halves go
// host by host: were they to end together, all that stopped responding meanwhile would be found out at the
// very end. First halves go in the order of admission: hosts end as they came, and an interrupted survey has
// most of those it began. But once all are admitted, the farthest goes first: nobody comes after it to fill
// the pipe. And the last hosts take turns, a SYN each: none of them is asked so fast, while others wait, that
// it begins to rate-limit its answers or to block us, and keeps the survey waiting.
Time Schedule::turn_of(HostSlot slot) {
  const HostScan& scan = hosts_.scan(slot);
  const std::size_t asked = plan_.size() - std::min(plan_.size(), scan.unasked());
  if (asked >= first_half_) return Time::max();
  if (nears_its_end()) return Time{Duration(asked)};
  return host_supply_ == Supply::ended ? Time{-scan.expected_rtt()} : Time{};
}

// When the first of the patient is due, who is at the top of those in turn then.
Time Schedule::first_in_turn(Time now) {
  constexpr auto patient = HostLanes::patient;
  Time due = hosts_.first_due(patient);
  for (; due <= now; due = hosts_.first_due(patient)) {
    const HostSlot slot = hosts_.pop_first(patient);
    in_turn_.push({turn_of(slot), hosts_.number(slot), slot});
  }
  for (; !in_turn_.empty(); in_turn_.pop()) {
    const DueHost top = in_turn_.top();
    if (!hosts_.holds(top.slot, top.order)) continue;
    if (const Time turn = turn_of(top.slot); turn > top.time) {  // it has changed since
      in_turn_.push({turn, top.order, top.slot});
      continue;
    }
    if (hosts_.scan(top.slot).patient_at() <= now) return now;
    hosts_.leave(top.slot, patient);
    hosts_.requeue(top.slot);
  }
  return hosts_.first_due(patient);
}

std::optional<Step> Schedule::start(HostSlot slot, HostLanes::Lane lane, Time now) {
  hosts_.leave(slot, lane);
  HostScan& scan = hosts_.scan(slot);
  const auto probe = scan.start(now);
  if (!probe) {  // what it wanted is not wanted any more, for time has passed
    settle(slot);
    return std::nullopt;
  }
  const ProbeTicket ticket = ticket_of(slot, probe->id);
  pacer_.take(ticket, now, probe->syns);
  flight_.started();
  hosts_.requeue(slot);
  return StartProbe{.ticket = ticket, .address = scan.address(), .probe = *probe};
}

}  // namespace edgesurvey
