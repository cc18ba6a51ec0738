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

// After a shortage of descriptors one more probe is let into flight for so many results: whoever took them
// may have given them back.
constexpr std::size_t results_per_raise = 64;

ProbeTicket ticket_of(std::uint32_t slot, AttemptId id) {
  return (ProbeTicket{slot} << slot_shift) | id;
}
std::uint32_t slot_of(ProbeTicket ticket) {
  return static_cast<std::uint32_t>(ticket >> slot_shift);
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
      pacer_(pace.rate, pace.tolerance),
      most_in_flight_(std::max<std::size_t>(max_in_flight, 1)),
      max_in_flight_(most_in_flight_),
      reserve_(reserve_of(pace, rules, plan)) {}

// A host whose turn it was may turn out to want nothing, or to have no room: then another's it is.
Step Schedule::next(Time now) {
  for (;;)
    if (auto step = try_next(now)) return std::move(*step);
}

std::optional<Step> Schedule::try_next(Time now) {
  if (!finished_.empty()) {
    const Slot slot = finished_.front();
    finished_.pop_front();
    Evidence evidence = hosts_[slot].scan->evidence();
    hosts_[slot].scan.reset();
    free_.push_back(slot);
    --active_;
    return HostFinished{std::move(evidence)};
  }
  if (stopped_ || (host_supply_ == Supply::ended && active_ == 0)) {
    if (in_flight_ == 0) return Finished{};
    return WaitUntil{Time::max()};
  }
  if (in_flight_ >= max_in_flight_) return WaitUntil{Time::max()};
  if (now < paused_until_) return WaitUntil{paused_until_};
  const Time look = look_around(now);
  const Time pace = pacer_.ready_at(now);
  const auto once_paced = [&](auto act) -> std::optional<Step> {
    if (pace > now) return WaitUntil{pace};
    return act();
  };
  // Before all else: whose way will be long is known only once it has begun.
  if (may_admit() && backlog_ < reserve_) return once_paced([] { return AdmitHost{}; });
  const Time pressed = first_due(pressing);
  if (pressed <= now) return once_paced([&] { return start_top(due_[pressing], pressing, now); });
  const Time can_wait = first_in_turn(now);
  if (may_admit() && can_wait > now && now >= no_room_until_) return once_paced([] { return AdmitHost{}; });
  if (can_wait <= now) return once_paced([&] { return start_top(in_turn_, patient, now); });
  const Time next = std::min(pressed, can_wait);
  return WaitUntil{std::min(look, next == Time::max() ? next : std::max(next, pace))};
}

void Schedule::admit(const Address& address) {
  Slot slot = static_cast<Slot>(hosts_.size());
  if (free_.empty()) {
    hosts_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  hosts_[slot].scan = std::make_unique<HostScan>(address, plan_, rules_);
  hosts_[slot].queued.fill(Time::max());
  hosts_[slot].number = admitted_++;
  ++active_;
  requeue(slot);
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks) the slot owns the scan

void Schedule::on_sent(ProbeTicket ticket, Time when) {
  pacer_.left_at(when);
  hosts_[slot_of(ticket)].scan->on_sent(when);
}

void Schedule::on_result(ProbeTicket ticket, const ProbeOutcome& outcome, Time now) {
  ended(ticket, now);
  if (max_in_flight_ < most_in_flight_ && ++taken_since_shortage_ % results_per_raise == 0) ++max_in_flight_;
  HostScan& scan = *hosts_[slot_of(ticket)].scan;
  scan.favour_latency(nears_its_end());
  scan.on_result(attempt_of(ticket), outcome, now);
  settle(slot_of(ticket));
}

void Schedule::return_unsent(ProbeTicket ticket, Time now) {
  constexpr Duration pause = std::chrono::milliseconds(300);
  ended(ticket, now);
  max_in_flight_ = std::max<std::size_t>(in_flight_, 1);
  if (in_flight_ == 0) paused_until_ = now + pause;
  hosts_[slot_of(ticket)].scan->return_unsent(attempt_of(ticket), now);
  settle(slot_of(ticket));
}

void Schedule::stop(Time now) {
  if (std::exchange(stopped_, true)) return;
  for (Slot slot = 0; slot < hosts_.size(); ++slot) {
    auto& scan = hosts_[slot].scan;
    if (!scan || scan->finished()) continue;  // the finished are queued already
    scan->stop(now);
    settle(slot);
  }
}

void Schedule::settle(Slot slot) {
  Entry& host = hosts_[slot];
  if (host.scan->finished()) {
    count_backlog(host, 0);
    finished_.push_back(slot);
  } else {
    requeue(slot);
  }
}

void Schedule::count_backlog(Entry& host, std::size_t unasked) {
  backlog_ = backlog_ - host.unasked + unasked;
  host.unasked = unasked;
}

Time Schedule::due_in(const HostScan& scan, Lane lane) {
  switch (lane) {
    case pressing:
      return scan.pressing_at();
    case patient:
      return scan.patient_at();
    default:
      return scan.look_at();
  }
}

// Puts the host into its lanes at its earliest times. An entry that is already there for later goes stale.
void Schedule::requeue(Slot slot) {
  Entry& host = hosts_[slot];
  count_backlog(host, host.scan->unasked());
  for (const Lane lane : {pressing, patient, looks}) {
    const Time ready = due_in(*host.scan, lane);
    if (ready >= host.queued[lane]) continue;
    host.queued[lane] = ready;
    due_[lane].push({ready, order_++, slot});
  }
}

bool Schedule::nears_its_end() const {
  if (host_supply_ != Supply::ended) return false;
  return rate_ <= 0 || static_cast<double>(backlog_) <= last_seconds * rate_;
}

// Has those hosts go on whose silences are late by now; when the next of them is.
Time Schedule::look_around(Time now) {
  Time due = first_due(looks);
  for (; due <= now; due = first_due(looks)) {
    const Slot slot = due_[looks].top().slot;
    due_[looks].pop();
    hosts_[slot].queued[looks] = Time::max();
    hosts_[slot].scan->favour_latency(nears_its_end());
    hosts_[slot].scan->look(now);
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
Time Schedule::turn_of(const Entry& host) const {
  const std::size_t asked = plan_.size() - std::min(plan_.size(), host.unasked);
  if (asked >= first_half_) return Time::max();
  if (nears_its_end()) return Time{Duration(asked)};
  return host_supply_ == Supply::ended ? Time{-host.scan->expected_rtt()} : Time{};
}

// When the lane's first host is due, once entries that no longer hold are gone from the top; max: nobody is.
Time Schedule::first_due(Lane lane) {
  Queue& queue = due_[lane];
  while (!queue.empty()) {
    const Due top = queue.top();
    Entry& host = hosts_[top.slot];
    const bool holds = host.scan && host.queued[lane] == top.time;
    if (holds && due_in(*host.scan, lane) <= top.time) return top.time;
    queue.pop();
    if (!holds) continue;
    host.queued[lane] = Time::max();
    requeue(top.slot);
  }
  return Time::max();
}

// As first_due(patient), and whoever of them is due takes its turn.
Time Schedule::first_in_turn(Time now) {
  Time due = first_due(patient);
  for (; due <= now; due = first_due(patient)) {
    const Slot slot = due_[patient].top().slot;
    due_[patient].pop();
    in_turn_.push({turn_of(hosts_[slot]), hosts_[slot].number, slot});
  }
  for (; !in_turn_.empty(); in_turn_.pop()) {
    const Due top = in_turn_.top();
    Entry& host = hosts_[top.slot];
    if (!host.scan || host.number != top.order) continue;
    if (const Time turn = turn_of(host); turn > top.time) {  // it has changed since
      in_turn_.push({turn, top.order, top.slot});
      continue;
    }
    if (host.scan->patient_at() <= now) return now;
    host.queued[patient] = Time::max();
    requeue(top.slot);
  }
  return first_due(patient);
}

void Schedule::ended(ProbeTicket ticket, Time now) {
  --in_flight_;
  const auto probe = patient_.find(ticket);
  if (probe == patient_.end()) return;
  pacer_.ended(probe->second.started, probe->second.syns, now);
  patient_.erase(probe);
}

std::optional<Step> Schedule::start_top(Queue& queue, Lane lane, Time now) {
  const Slot slot = queue.top().slot;
  queue.pop();
  Entry& host = hosts_[slot];
  host.queued[lane] = Time::max();
  // The kernel's resends leave by themselves: without room for them the probe waits, and others go first.
  if (const Time room = pacer_.room_at(now, host.scan->next_syns(now)); room > now) {
    host.queued[lane] = room;
    no_room_until_ = room;
    due_[lane].push({room, order_++, slot});
    return std::nullopt;
  }
  const auto probe = host.scan->start(now);
  if (!probe) {  // what it wanted is not wanted any more, for time has passed
    settle(slot);
    return std::nullopt;
  }
  const ProbeTicket ticket = ticket_of(slot, probe->id);
  pacer_.take(now, probe->syns);
  if (probe->syns > 1) patient_.emplace(ticket, Patient{now, probe->syns});
  ++in_flight_;
  requeue(slot);
  return StartProbe{.ticket = ticket, .address = host.scan->address(), .probe = *probe};
}

}  // namespace edgesurvey
