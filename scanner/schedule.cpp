#include "scanner/schedule.hpp"

#include <algorithm>
#include <utility>

namespace edgesurvey {
namespace {

// Spacing carries a little air, as a host's does: what a counter on the wire sees in any second stays within
// the rate.
constexpr double spacing_air = 1.02;

// Hosts held at once, whatever the pace: what bounds the memory of a survey without one.
constexpr std::size_t most_active = 8192;

constexpr unsigned slot_shift = 32;

// After a shortage of descriptors one more probe is let into flight for so many results: whoever took them
// may have given them back.
constexpr std::size_t results_per_raise = 64;

ProbeTicket ticket_of(std::uint32_t slot, TaskId task) {
  return (ProbeTicket{slot} << slot_shift) | task;
}
std::uint32_t slot_of(ProbeTicket ticket) {
  return static_cast<std::uint32_t>(ticket >> slot_shift);
}
TaskId task_of(ProbeTicket ticket) {
  return static_cast<TaskId>(ticket);
}

}  // namespace

Schedule::Schedule(const ProbePlan& plan, const ScanRules& rules, const SurveyPace& pace,
                   std::size_t max_in_flight)
    : plan_(plan),
      rules_(rules),
      pacer_(pace.rate / spacing_air, pace.tolerance),
      most_in_flight_(std::max<std::size_t>(max_in_flight, 1)),
      max_in_flight_(most_in_flight_) {}

Step Schedule::next(Time now) {
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
  charge_resends(now);
  const Time pace = pacer_.ready_at();
  const bool have_due = drop_stale();
  if (have_due && due_.top().time <= now) return pace <= now ? Step{start_due(now)} : Step{WaitUntil{pace}};
  if (host_supply_ == Supply::ready && active_ < most_active) {
    if (pace <= now) return AdmitHost{};
    return WaitUntil{pace};
  }
  return WaitUntil{have_due ? std::max(due_.top().time, pace) : Time::max()};
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
  hosts_[slot].queued = Time::max();
  ++active_;
  requeue(slot);
}  // NOLINT(clang-analyzer-cplusplus.NewDeleteLeaks) the slot owns the scan

void Schedule::sent(ProbeTicket ticket, Time when) {
  hosts_[slot_of(ticket)].scan->sent(when);
}

void Schedule::take(ProbeTicket ticket, const ProbeOutcome& outcome, Time now) {
  --in_flight_;
  if (max_in_flight_ < most_in_flight_ && ++taken_since_shortage_ % results_per_raise == 0) ++max_in_flight_;
  hosts_[slot_of(ticket)].scan->take(task_of(ticket), outcome, now);
  settle(slot_of(ticket));
}

void Schedule::give_back(ProbeTicket ticket, Time now) {
  --in_flight_;
  max_in_flight_ = std::max<std::size_t>(in_flight_, 1);
  if (in_flight_ == 0) paused_until_ = now + rules_.retry_pause;
  hosts_[slot_of(ticket)].scan->give_back(task_of(ticket), now);
  settle(slot_of(ticket));
}

void Schedule::stop() {
  if (std::exchange(stopped_, true)) return;
  for (Slot slot = 0; slot < hosts_.size(); ++slot) {
    auto& scan = hosts_[slot].scan;
    if (!scan || scan->finished()) continue;  // the finished are queued already
    scan->stop();
    settle(slot);
  }
}

void Schedule::settle(Slot slot) {
  if (hosts_[slot].scan->finished())
    finished_.push_back(slot);
  else
    requeue(slot);
}

// Puts the host into the queue at its earliest time. An entry that is already there for later goes stale.
void Schedule::requeue(Slot slot) {
  Entry& host = hosts_[slot];
  const Time ready = host.scan->ready_at();
  if (ready >= host.queued) return;
  host.queued = ready;
  due_.push({ready, order_++, slot});
}

// Whether anybody is queued, once entries that no longer hold are gone from the top.
bool Schedule::drop_stale() {
  while (!due_.empty()) {
    const Due& top = due_.top();
    Entry& host = hosts_[top.slot];
    if (host.scan && host.queued == top.time) {
      if (host.scan->ready_at() <= top.time) return true;
      host.queued = Time::max();
      const Slot slot = top.slot;
      due_.pop();
      requeue(slot);
      continue;
    }
    due_.pop();
  }
  return false;
}

// A SYN that the kernel sends by itself cannot be held back; the start after it can. Charged in the second in
// which it leaves, for it is then that the wire sees it.
void Schedule::charge_resends(Time now) {
  for (; !resends_.empty() && resends_.top() <= now; resends_.pop()) pacer_.take(resends_.top());
}

StartProbe Schedule::start_due(Time now) {
  const Slot slot = due_.top().slot;
  due_.pop();
  Entry& host = hosts_[slot];
  host.queued = Time::max();
  StartProbe step{.address = host.scan->address(), .probe = host.scan->start(now)};
  step.ticket = ticket_of(slot, step.probe.task);
  pacer_.take(now);
  for (unsigned resend = 1; resend < step.probe.syns; ++resend) resends_.push(now + resend * first_resend);
  ++in_flight_;
  requeue(slot);
  return step;
}

}  // namespace edgesurvey
