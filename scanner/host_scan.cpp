#include "scanner/host_scan.hpp"

#include <algorithm>

#include "scanner/attribution.hpp"
#include "scanner/second_look.hpp"
#include "scanner/stopping.hpp"

namespace edgesurvey {
namespace {

// Even spacing with a little air: timers and networks bunch packets, and the host's own count over any second
// must stay within the promised rate, not average to it.
constexpr double spacing_air = 1.07;

// So much of the sample goes first: most openings show here.
constexpr std::size_t telling_sample = 16;

bool is_service_port(Port port) {
  return std::find(service_ports.begin(), service_ports.end(), port) != service_ports.end();
}

// A later silence or failure of ours takes no answer back. Of two refusals the quicker is kept: delays only
// add.
void note(PortEvidence& port, const ProbeOutcome& outcome) {
  const bool again = port.state == PortState::closed && outcome.state == PortState::closed;
  if (again && port.rtt > Duration::zero() && (outcome.rtt <= Duration::zero() || outcome.rtt >= port.rtt))
    return;
  if (port.answered() && !outcome.answered()) return;
  if (outcome.state == PortState::unknown && port.state != PortState::unknown) return;
  if (outcome.answered() && port.answered_at == 0) port.answered_at = port.attempts;
  port.state = outcome.state;
  port.reason = outcome.reason;
  port.rtt = outcome.rtt;
  port.icmp = outcome.icmp;
}

}  // namespace

HostScan::HostScan(const Address& address, const ProbePlan& plan, const ScanRules& rules)
    : plan_(plan),
      rules_(rules),
      follow_up_(evidence_, rules, agenda_),
      pacer_(rules.host_rate / spacing_air),
      rtt_(rules.longest_wait),
      first_sample_(plan.size() - plan.count(Role::sample)),
      plan_end_(plan.size()),
      cls_unanswered_(static_cast<std::uint32_t>(plan.count(Role::cls))) {
  evidence_.address = address;
  evidence_.ports.reserve(plan.size());
  for (const auto& planned : plan.ports())
    evidence_.ports.push_back({.port = planned.port, .role = planned.role});
}

// The sample waits for the first word on the CLS ports: should 64 strange ports trip an intrusion prevention
// system, the question that matters has been asked by then. Half-way it waits once more, where the agent was
// found: the rest may not be worth asking.
bool HostScan::first_pass_open() const {
  if (plan_is_through()) return false;
  if (cursor_ < first_sample_) return true;
  const bool halts = cursor_ == first_sample_ + plan_.sample_half() && cls_open_ == cls_ports.size();
  return cls_unanswered_ == 0 && !(halts && !rules_.whole_sample && in_flight_ > 0);
}

// A sample that is passed in part leads on to a search for where the openings end, one question after
// another: that begins when the sample is through.
bool HostScan::sample_can_wait() const {
  const bool in_part = sample_passed_ && sample_stopped_;
  return !in_part && cursor_ >= first_sample_ + telling_sample;
}

Time HostScan::pressing_at() const {
  if (stopped_ || follow_up_.done()) return Time::max();
  const Time earliest = first_pass_open() && !sample_can_wait() ? Time::min() : agenda_.next_due();
  return earliest == Time::max() ? earliest : std::max(earliest, pacer_.ready_at());
}

Time HostScan::patient_at() const {
  const bool any = !stopped_ && first_pass_open() && sample_can_wait();
  return any ? pacer_.ready_at() : Time::max();
}

HostProbe HostScan::start(Time now) {
  const HostProbe probe = probe_of(next_task(now));
  pacer_.take(now, charge_for(probe, now));
  ++in_flight_;
  if (asks_port(probe.task)) {
    auto& port = evidence_.ports[probe.task];
    if (port.attempts++ == 0) port.asked = now;
  } else if (Recheck* recheck = recheck_of(probe.task)) {
    ++recheck->attempts;
  } else {
    ++evidence_.repeats;
  }
  return probe;
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
  if (const auto due = agenda_.take_due(now)) return *due;
  if (!repeat_is_due()) return port_task(cursor_++);
  since_repeat_ = 0;
  return repeat_task(evidence_.repeats);
}

// Repeats of a service run among the refusals that they are compared with: whatever slows the path or this
// machine down meanwhile slows both.
bool HostScan::repeat_is_due() {
  if (cursor_ < first_sample_) return false;
  const std::size_t sample = plan_.size() - first_sample_;
  if (++since_repeat_ * (most_repeats + 1) < sample) return false;
  const std::size_t wanted = repeats_wanted(evidence_);
  if (wanted == 0) since_repeat_ = 0;  // another look at the evidence is worth its time only a while later
  return evidence_.repeats < wanted && since_repeat_ * (wanted + 1) >= sample;
}

HostProbe HostScan::probe_of(TaskId task) const {
  HostProbe probe{.task = task, .port = port_of(task)};
  probe.wait = rtt_.wait(0);
  if (confirms(task)) probe.technique = Technique::watch;
  if (asks_port(task)) {
    const auto& port = evidence_.ports[task];
    // Only ports that are asked for their own sake are worth a longer wait on a path not yet measured.
    if (port.role == Role::service || port.role == Role::cls) probe.wait = rtt_.wait(port.attempts);
    // A silence that was none is found out where the search ends, by asking again.
    if (port.role == Role::boundary && port.attempts == 0) probe.wait = rtt_.quick_wait();
  }
  probe.syns = syns_sent_within(probe.wait);
  return probe;
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

void HostScan::give_back(TaskId task, Time now) {
  --in_flight_;
  if (asks_port(task))
    --evidence_.ports[task].attempts;
  else if (Recheck* recheck = recheck_of(task))
    --recheck->attempts;
  else
    --evidence_.repeats;
  // A repeat is missed, and asked for, by the rest of the sample or the second look.
  const bool comes_again = repeats_for_rtt(task) && !follow_up_.begun();
  if (!comes_again) agenda_.ask(task, now + rules_.retry_pause);
  go_on(now);
}

void HostScan::take(TaskId task, const ProbeOutcome& outcome, Time now) {
  --in_flight_;
  if (asks_port(task))
    take_port(task, outcome, now);
  else
    take_recheck(task, outcome, now);
  const bool asks_all = rules_.whole_sample || plan_is_through();
  if (!asks_all && rest_of_sample_is_pointless(evidence_, cursor_, plan_.sample_half())) leave_out_the_rest();
  go_on(now);
}

void HostScan::go_on(Time now) {
  const bool all_is_in = in_flight_ == 0 && plan_is_through() && !stopped_;
  if (all_is_in && agenda_.next_due() > now) follow_up_.advance(now);
}

void HostScan::leave_out_the_rest() {
  evidence_.ports.resize(cursor_);
  plan_end_ = cursor_;
}

void HostScan::take_port(std::size_t index, const ProbeOutcome& outcome, Time now) {
  auto& port = evidence_.ports[index];
  if (port.role == Role::cls && port.attempts == 1) --cls_unanswered_;
  const bool was_open = port.state == PortState::open;
  note(port, outcome);
  if (port.role == Role::sample) {
    const bool stopped = port.state == PortState::filtered || was_turned_away(port, nearest_);
    (stopped ? sample_stopped_ : sample_passed_) = true;
  }
  if (port.answered() && port.attempts > 1) port.asked = now - outcome.rtt;
  if (port.answered()) {
    if (outcome.state == PortState::open) learn_syn_ack(outcome.rtt, port.role == Role::service);
    service_open_ = service_open_ || (port.role == Role::service && port.state == PortState::open);
    if (port.role == Role::cls && !was_open && port.state == PortState::open) ++cls_open_;
  } else if (worth_another_try(port)) {
    // What fails at home needs longer to mend than a spell of loss to pass.
    const unsigned times = port.state == PortState::unknown ? port.attempts : 1;
    agenda_.ask(port_task(index), now + rules_.pause_after(port.attempts) * times);
  }
}

// An RTT of zero was not measured: the SYN had been sent more than once (Karn's rule).
void HostScan::learn_syn_ack(Duration rtt, bool of_service) {
  if (rtt <= Duration::zero()) return;
  rtt_.add_syn_ack(rtt);
  if (!of_service) return;
  evidence_.syn_ack_rtts.push_back(rtt);
  nearest_ = nearest_from_host(evidence_.syn_ack_rtts);
}

// A service that answers shows that the host lives; after that a second try of the others is courtesy enough.
// CLS ports have all their tries, and one more at the end: of 10,000 hosts behind a loss of 5 %, one had its
// only open one swallowed three times.
bool HostScan::worth_another_try(const PortEvidence& port) const {
  if (port.attempts > rules_.retries) return false;
  if (port.state == PortState::unknown) return true;
  if (port.role == Role::boundary) return false;  // most only narrow the search
  if (port.role == Role::cls) return true;
  if (follow_up_.asks_on() && port.role != Role::service) return answered_late(evidence_);
  return port.role == Role::service && (!service_open_ || port.attempts < 2);
}

void HostScan::take_recheck(TaskId task, const ProbeOutcome& outcome, Time now) {
  Recheck* recheck = recheck_of(task);
  const bool asks_service = !confirms(task) && is_service_port(port_of(task));
  if (outcome.state == PortState::open) learn_syn_ack(outcome.rtt, asks_service);
  if (recheck == nullptr) return;
  if (outcome.state != PortState::unknown || recheck->state == PortState::unknown) {
    recheck->state = outcome.state;
    recheck->reason = outcome.reason;
    recheck->peer = outcome.peer;
  }
  if (!outcome.answered() && recheck->attempts <= rules_.retries)
    agenda_.ask(task, now + rules_.pause_after(recheck->attempts));
}

void HostScan::stop() {
  stopped_ = true;
  agenda_.clear();
}

}  // namespace edgesurvey
