#include "scanner/inquiry/host_scan.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "scanner/judging/attribution.hpp"
#include "scanner/inquiry/note.hpp"
#include "scanner/inquiry/second_look.hpp"
#include "scanner/judging/spans.hpp"

namespace edgesurvey {
namespace {

// Even spacing with a little air: timers and networks bunch packets, and the host's own count over any second
// must stay within the promised rate, not average to it.
constexpr double spacing_air = 1.07;

// Ports that are asked for their own sake: a further try starts while the one before still waits.
bool matters_by_itself(const PortEvidence& port) {
  return port.role == Role::service || port.role == Role::cls;
}

bool is_service_port(Port port) {
  return std::find(service_ports.begin(), service_ports.end(), port) != service_ports.end();
}

}  // namespace

HostScan::HostScan(const Address& address, const ProbePlan& plan, const ScanRules& rules)
    : rules_(rules),
      in_flight_(evidence_),
      first_pass_(evidence_, plan, rules, in_flight_, agenda_),
      follow_up_(evidence_, first_pass_, in_flight_, rules, agenda_),
      pacer_(rules.host_rate / spacing_air),
      rtt_(rules.longest_wait),
      words_(rules, in_flight_, rtt_, agenda_) {
  evidence_.address = address;
  evidence_.ports.reserve(plan.size());
  for (const auto& planned : plan.ports())
    evidence_.ports.push_back({.port = planned.port, .role = planned.role});
}

Time HostScan::pressing_at() const {
  if (stopped_ || follow_up_.done()) return Time::max();
  const bool presses = !first_pass_.can_wait() && first_pass_.is_open();
  const Time earliest = presses ? Time::min() : agenda_.next_due();
  return earliest == Time::max() ? earliest : std::max(earliest, pacer_.ready_at());
}

Time HostScan::patient_at() const {
  const bool any = !stopped_ && first_pass_.can_wait() && first_pass_.is_open();
  return any ? pacer_.ready_at() : Time::max();
}

HostProbe HostScan::start(Time now) {
  if (in_flight_.none() && evidence_.ports.front().attempts == 0) words_.began(now);
  HostProbe probe = probe_of(next_task(now));
  pacer_.take(now, charge_for(probe, now));
  probe.id = try_of(probe.task, count_try(probe.task, now));
  in_flight_.add(probe.id, now);
  if (first_pass_.is_through()) plan_look(now);
  // A start tells nothing, but time has passed, and the plan may have come to its end.
  if (agenda_.empty() || first_pass_.is_through() || first_pass_.host_seems_gone(now - rtt_.late_after()))
    go_on(now);
  return probe;
}

void HostScan::look(Time now) {
  if (stopped_) return;
  go_on(now);
  plan_look(now);
}

// A search goes on beside the silences that are late, and a scan to its last look beside the last of all. Of
// a host whose answers may take any time they are not made out so soon.
void HostScan::plan_look(Time now) {
  look_at_ = Time::max();
  if (!rtt_.known()) return;
  const Duration late = rtt_.late_after();
  Time asked = in_flight_.first_of_search(now - late);
  if (!in_flight_.none() && in_flight_.last_asked() >= now - late)
    asked = std::min(asked, in_flight_.last_asked());
  look_at_ = asked == Time::max() ? asked : asked + late + Duration{1};
}

// Which try of it this is, from 1. What matters is asked again once it is late, and not only when its answer
// is given up: on a path that loses packets, a host's way is as long as its tries are one after another. An
// answer to any of them counts.
unsigned HostScan::count_try(TaskId task, Time now) {
  if (asks_port(task)) {
    auto& port = evidence_.ports[task];
    if (++port.attempts == 1)
      port.asked = now;
    else
      agenda_.put_off(task, now + rtt_.late_after());
    if (worth_a_try_beside(port))
      agenda_.ask(task, now + rtt_.late_after() + rules_.pause_after(port.attempts));
    return port.attempts;
  }
  Recheck* recheck = recheck_of(task);
  if (recheck == nullptr) {
    ++evidence_.repeats;
    return 1;
  }
  words_.asked(task, ++recheck->attempts, now, rules_.hurries(in_haste_));
  return recheck->attempts;
}

// The pace is charged for a probe's resends when it starts, yet they leave seconds later, amid the probes
// that follow. While any may still leave, every start is charged as much as they were, or the two streams
// together would exceed the pace.
unsigned HostScan::charge_for(const HostProbe& probe, Time now) {
  if (now >= resends_until_) syns_of_resent_ = 1;
  if (probe.syns > 1)
    resends_until_ = std::max(resends_until_, now + (probe.syns - 1) * first_resend + pacer_.spacing());
  syns_of_resent_ = std::max(syns_of_resent_, probe.syns);
  return syns_of_resent_;
}

// What is due again goes before what is new: it has waited longer.
TaskId HostScan::next_task(Time now) {
  if (first_pass_.asked_essentials())
    if (const auto due = agenda_.take_due(now)) return *due;
  return first_pass_.repeat_is_due() ? repeat_task(evidence_.repeats) : port_task(first_pass_.take_next());
}

HostProbe HostScan::probe_of(TaskId task) {
  HostProbe probe{.task = task, .port = port_of(task)};
  probe.wait = rtt_.wait(0);
  if (confirms(task)) probe.technique = Technique::watch;
  if (!asks_port(task) && follows_long_waits(task)) probe.wait = rtt_.last_wait();
  if (asks_port(task)) {
    const auto& port = evidence_.ports[task];
    // Only ports that are asked for their own sake are worth a longer wait on a path not yet measured.
    if (matters_by_itself(port)) probe.wait = rtt_.wait(port.attempts);
    // A search goes on as soon as its silences are late. One that was none is found out by asking again, and
    // one of a latency that has stepped up by waiting for the first try beside that.
    if (port.role == Role::boundary && port.attempts <= 1)
      probe.wait = std::min(rtt_.quick_wait() * (2 - port.attempts), rtt_.wait(0));
    // One was waited for in vain, another still is, or was: should the latency have stepped up, they show it.
    if (port.attempts > 1 && port.given_up > 0 && rtt_.known()) probe.wait = rtt_.last_wait();
  }
  probe.syns = syns_sent_within(probe.wait);
  return probe;
}

// Of the last words, or one of a last look at them: it follows tries that were awaited for long.
bool HostScan::follows_long_waits(TaskId task) {
  const Recheck* recheck = recheck_of(task);
  return recheck != nullptr && recheck->attempts >= rules_.retries && rules_.retries > 0;
}

Port HostScan::port_of(TaskId task) const {
  if (asks_port(task)) return evidence_.ports[task].port;
  if (confirms(task)) return evidence_.confirm[task - first_confirm_task].port;
  if (repeats_for_rtt(task)) return evidence_.ports[*bracket_port(evidence_)].port;
  return evidence_.bracket->port;  // which stays with its port, whatever answers beside it
}

Recheck* HostScan::recheck_of(TaskId task) {
  if (repeats_for_rtt(task)) return nullptr;
  return confirms(task) ? &evidence_.confirm[task - first_confirm_task] : &*evidence_.bracket;
}

void HostScan::give_back(TryId id, Time now) {
  const TaskId task = task_of(id);
  in_flight_.remove_silent(id);
  if (asks_port(task))
    --evidence_.ports[task].attempts;
  else if (Recheck* recheck = recheck_of(task))
    --recheck->attempts;
  else
    --evidence_.repeats;
  // A repeat is missed, and asked for, by the rest of the sample or the second look.
  const bool comes_again = repeats_for_rtt(task) && !follow_up_.begun();
  if (!comes_again) agenda_.ask_anew(task, now + rules_.retry_pause);
  go_on(now);
}

void HostScan::take(TryId id, const ProbeOutcome& outcome, Time now) {
  const TaskId task = task_of(id);
  if (outcome.answered())
    in_flight_.remove_answered(id, now - outcome.rtt);
  else
    in_flight_.remove_silent(id);
  if (asks_port(task))
    take_port(task, number_of(id), outcome, now);
  else
    take_recheck(task, number_of(id), outcome);
  // A scan that was stopped leaves nothing out: its last words were not spoken, and half of the sample is no
  // verdict without them.
  if (!stopped_) first_pass_.leave_out_the_pointless();
  go_on(now);
}

void HostScan::go_on(Time now) {
  if (!stopped_ && agenda_.next_due() > now) follow_up_.go_on(now, now - rtt_.late_after(), in_haste_);
}

void HostScan::take_port(std::size_t index, unsigned number, const ProbeOutcome& outcome, Time now) {
  auto& port = evidence_.ports[index];
  note(port, number, outcome);
  if (port.role == Role::sample) first_pass_.note_sample(port.state, was_turned_away(port, nearest_));
  const bool rested = std::exchange(rests_on_controls_, rests_on_controls_ || rests_on_controls(port));
  if (rests_on_controls_ && (!rested || port.role == Role::control)) follow_up_.ask_controls_again(now);
  if (outcome.answered()) {
    if (number > 1) port.asked = now - outcome.rtt;
    return take_answer(index, outcome);
  }
  if (outcome.state == PortState::unknown && !port.answered() && is_tried_on(port)) {
    // What fails at home needs longer to mend than a spell of loss to pass.
    agenda_.ask_anew(port_task(index), now + rules_.pause_after(port.attempts) * port.attempts);
  } else if (worth_another_try(port)) {
    agenda_.ask(port_task(index), now + rules_.pause_after(port.attempts));
  }
}

void HostScan::take_answer(std::size_t index, const ProbeOutcome& outcome) {
  const auto& port = evidence_.ports[index];
  agenda_.drop(port_task(index));
  if (outcome.state == PortState::open) learn_syn_ack(outcome.rtt, port.role == Role::service);
  if (port.role != Role::service || port.state != PortState::open || service_open_) return;
  service_open_ = true;
  for (std::size_t i = 0; i < first_pass_.essentials(); ++i) {
    const auto& other = evidence_.ports[i];
    if (other.role == Role::service && !worth_a_try_beside(other)) agenda_.drop(port_task(i));
  }
}

// An RTT of zero was not measured: the SYN had been sent more than once (Karn's rule).
void HostScan::learn_syn_ack(Duration rtt, bool of_service) {
  if (rtt <= Duration::zero()) return;
  const bool is_first = !rtt_.known();
  rtt_.add_syn_ack(rtt);
  if (is_first) hasten_second_tries();
  if (!of_service) return;
  evidence_.syn_ack_rtts.push_back(rtt);
  nearest_ = nearest_from_host(evidence_.syn_ack_rtts);
}

// Those of services and CLS ports were put down when nobody knew how long an answer takes. A sample waits for
// the latter; it is the last that outlasts a spell.
void HostScan::hasten_second_tries() {
  for (std::size_t i = 0; i < first_pass_.essentials(); ++i) {
    const auto& port = evidence_.ports[i];
    const bool failed_at_home = port.reason == Reason::local_error;
    if (port.attempts == 1 && !failed_at_home)
      agenda_.bring_forward(port_task(i), port.asked + rtt_.late_after());
  }
}

// A service that answers shows that the host lives; after that a second try of the others is courtesy enough.
// Of CLS ports the last try is kept for the time when a spell of loss must have passed: see
// FollowUp::ask_cls_once_more().
bool HostScan::worth_a_try_beside(const PortEvidence& port) const {
  if (!matters_by_itself(port) || !rules_.leaves_a_try(port.attempts)) return false;
  const bool failed_at_home = port.reason == Reason::local_error;
  if (port.attempts < 2 || failed_at_home) return true;
  return port.role == Role::cls ? port.attempts < rules_.retries : !service_open_;
}

// Of a port whose try failed at home: of a CLS port the last may be one try more, for it matters most.
bool HostScan::is_tried_on(const PortEvidence& port) const {
  return rules_.leaves_a_try(port.attempts) ||
         (port.role == Role::cls && rules_.leaves_one_more(port.attempts));
}

// Of a port that was silent.
bool HostScan::worth_another_try(const PortEvidence& port) const {
  if (port.answered() || !rules_.leaves_a_try(port.attempts) || matters_by_itself(port)) return false;
  if (port.role == Role::boundary || port.role == Role::control)
    return false;  // FollowUp knows when they are
  return follow_up_.asks_on() && answered_late(evidence_) && !refusals_are_rationed(evidence_);
}

void HostScan::take_recheck(TaskId task, unsigned number, const ProbeOutcome& outcome) {
  Recheck* recheck = recheck_of(task);
  const bool asks_service = !confirms(task) && is_service_port(port_of(task));
  if (outcome.state == PortState::open) learn_syn_ack(outcome.rtt, asks_service);
  if (recheck == nullptr) {
    if (outcome.reason == Reason::no_response) ++evidence_.repeats_silent;
    return;
  }
  if (outcome.answered()) agenda_.drop(task);
  note(*recheck, number, outcome);
}

void HostScan::stop() {
  if (stopped_) return;
  evidence_.cut_short = !finished() && (!agenda_.empty() || !follow_up_.has_spoken());
  stopped_ = true;
  look_at_ = Time::max();
  agenda_.clear();
}

}  // namespace edgesurvey
