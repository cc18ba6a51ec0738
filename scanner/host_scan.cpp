#include "scanner/host_scan.hpp"

#include <algorithm>

#include "scanner/second_look.hpp"
#include "scanner/spans.hpp"

namespace edgesurvey {
namespace {

// Even spacing with a little air: timers and networks bunch packets, and the host's own count over any second
// must stay within the promised rate, not average to it.
constexpr double spacing_air = 1.07;

// How often a service port is repeated to learn its RTT well enough to compare refusals with it. Where the
// ports outside the range refuse as well, the comparison alone tells a host without a firewall from a
// firewall beside it.
constexpr std::uint32_t rtt_repeats = 5;
constexpr std::uint32_t rtt_repeats_refused_alike = 12;

// Spells of loss last about as long as one look with its pauses: two looks outlast most of them.
constexpr unsigned most_last_looks = 2;

// Task numbers: ports are their index in the evidence; rechecks and repeats are numbered apart.
constexpr TaskId confirm_task = TaskId{1} << 24U;
constexpr TaskId bracket_task = confirm_task + 3;
constexpr TaskId repeat_task = confirm_task + 4;

bool asks_port(TaskId task) {
  return task < confirm_task;
}

// The sample is broken off after this many ports when all of them accepted, as every control had.
constexpr std::size_t enough_of_everything = 12;

// So much of the sample goes first: most openings show here.
constexpr std::size_t telling_sample = 16;

bool is_service_port(Port port) {
  return std::find(service_ports.begin(), service_ports.end(), port) != service_ports.end();
}

bool counts_as_silent(PortState state, Reason reason) {
  return state == PortState::unknown || reason == Reason::no_response;
}

// A later silence or failure of ours takes no answer back. Of two refusals the quicker is kept: delays only
// add.
void note(PortEvidence& port, const ProbeOutcome& outcome) {
  const bool again = port.state == PortState::closed && outcome.state == PortState::closed;
  if (again && port.rtt > Duration::zero() && (outcome.rtt <= Duration::zero() || outcome.rtt >= port.rtt))
    return;
  if (port.answered() && !outcome.answered()) return;
  if (outcome.state == PortState::unknown && port.state != PortState::unknown) return;
  port.state = outcome.state;
  port.reason = outcome.reason;
  port.rtt = outcome.rtt;
  port.icmp = outcome.icmp;
}

}  // namespace

HostScan::HostScan(const Address& address, const ProbePlan& plan, const ScanRules& rules)
    : plan_(plan),
      rules_(rules),
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
// system, the question that matters has been asked by then.
bool HostScan::first_pass_open() const {
  return phase_ == Phase::first_pass && cursor_ < plan_end_ &&
         (plan_.ports()[cursor_].role != Role::sample || cls_unanswered_ == 0);
}

// A sample that is answered in part, or refused where the ports outside are refused as well, leads on to a
// search for where the openings end, one question after another, and an open CLS port to rechecks, which take
// as long should we be blocked by then: all these begin when the sample is through.
bool HostScan::sample_can_wait() const {
  const bool in_part = sample_answered_ && (sample_silent_ || control_refused_);
  return !in_part && !cls_open_ && cursor_ >= first_sample_ + telling_sample;
}

Time HostScan::pressing_at() const {
  if (stopped_ || phase_ == Phase::done) return Time::max();
  Time earliest = first_pass_open() && !sample_can_wait() ? Time::min() : Time::max();
  for (const auto& pending : pending_) earliest = std::min(earliest, pending.not_before);
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
  const auto due =
      std::find_if(pending_.begin(), pending_.end(), [now](const Pending& p) { return p.not_before <= now; });
  if (due == pending_.end()) return repeat_is_due() ? next_repeat() : static_cast<TaskId>(cursor_++);
  const TaskId task = due->task;
  pending_.erase(due);
  return task;
}

// Repeats of a service run among the refusals that they are compared with: whatever slows the path or this
// machine down meanwhile slows both.
bool HostScan::repeat_is_due() {
  if (plan_.ports()[cursor_].role != Role::sample) return false;
  const std::size_t sample = plan_.size() - first_sample_;
  if (++since_repeat_ * (rtt_repeats_refused_alike + 1) < sample) return false;
  const std::size_t wanted = repeats_wanted();
  if (wanted == 0) since_repeat_ = 0;  // another look at the evidence is worth its time only a while later
  return repeats_asked_ < wanted && since_repeat_ * (wanted + 1) >= sample;
}

TaskId HostScan::next_repeat() {
  since_repeat_ = 0;
  return repeat_task + repeats_asked_++;
}

std::uint32_t HostScan::repeats_wanted() const {
  if (!refusals_need_comparing(evidence_)) return 0;
  return controls_refuse_too(evidence_) ? rtt_repeats_refused_alike : rtt_repeats;
}

HostProbe HostScan::probe_of(TaskId task) const {
  HostProbe probe{.task = task};
  unsigned attempt = 0;
  if (asks_port(task)) {
    const auto& port = evidence_.ports[task];
    probe.port = port.port;
    // Only ports that are asked for their own sake are worth a longer wait on a path not yet measured.
    if (port.role == Role::service || port.role == Role::cls) attempt = port.attempts;
  } else if (task < bracket_task) {
    probe.port = evidence_.confirm[task - confirm_task].port;
    probe.technique = Technique::watch;
  } else {
    probe.port = port_asked_again(task);
  }
  probe.wait = rtt_.wait(attempt);
  probe.syns = syns_sent_within(probe.wait);
  return probe;
}

// Of the bracket or a repeat. The bracket stays with its port, whatever answers beside it.
Port HostScan::port_asked_again(TaskId task) const {
  return task == bracket_task ? evidence_.bracket->port : evidence_.ports[*first_answer_].port;
}

Recheck* HostScan::recheck_of(TaskId task) {
  if (task < bracket_task) return &evidence_.confirm[task - confirm_task];
  return task == bracket_task ? &*evidence_.bracket : nullptr;
}

void HostScan::give_back(TaskId task, Time now) {
  --in_flight_;
  if (asks_port(task))
    --evidence_.ports[task].attempts;
  else if (Recheck* recheck = recheck_of(task))
    --recheck->attempts;
  else
    --evidence_.repeats;
  ask(task, now + rules_.retry_pause);
}

void HostScan::take(TaskId task, const ProbeOutcome& outcome, Time now) {
  --in_flight_;
  if (asks_port(task))
    take_port(task, outcome, now);
  else
    take_recheck(task, outcome, now);
  if (sample_is_pointless()) leave_out_the_rest();
  if (stopped_ || in_flight_ > 0) return;
  if (pending_.empty())
    advance(now);
  else if (only_further_tries_are_left(now))
    go_on_beside_them(now);
}

bool HostScan::only_further_tries_are_left(Time now) const {
  return std::none_of(pending_.begin(), pending_.end(),
                      [now](const Pending& pending) { return pending.not_before <= now; });
}

// The ends of openings are searched on what is known so far, and the bracket is asked, while silences are
// asked again: what follows one after another is what makes a host's scan long.
void HostScan::go_on_beside_them(Time now) {
  if (phase_ == Phase::recheck && first_answer_) {
    phase_ = Phase::bracket;
    plan_bracket(now);
  }
  if (phase_ == Phase::second_look && refusals_worth_a_third_look(evidence_).empty())
    phase_ = Phase::boundaries;
  if (phase_ == Phase::boundaries) plan_boundaries(now);
}

// Whether a middlebox accepts on every port: then no further one can change the verdict.
bool HostScan::sample_is_pointless() const {
  if (rules_.whole_sample || phase_ != Phase::first_pass || cursor_ >= plan_end_) return false;
  std::size_t sampled = 0;
  for (std::size_t index = 0; index < cursor_; ++index) {
    const auto& port = evidence_.ports[index];
    const bool open = port.state == PortState::open;
    if (port.role == Role::control && !open) return false;
    if (port.role == Role::sample && port.attempts > 0 && !open && port.state != PortState::unknown)
      return false;
    if (port.role == Role::sample && open) ++sampled;
  }
  return sampled >= enough_of_everything;
}

void HostScan::leave_out_the_rest() {
  evidence_.ports.resize(cursor_);
  plan_end_ = cursor_;
}

void HostScan::take_port(std::size_t index, const ProbeOutcome& outcome, Time now) {
  auto& port = evidence_.ports[index];
  if (port.role == Role::cls && port.attempts == 1) --cls_unanswered_;
  note(port, outcome);
  if (port.role == Role::sample) (port.answered() ? sample_answered_ : sample_silent_) = true;
  control_refused_ = control_refused_ || (port.role == Role::control && port.state == PortState::closed);
  if (port.answered() && port.attempts > 1) port.asked = now - outcome.rtt;
  if (port.answered()) {
    if (port.state == PortState::open) learn_syn_ack(outcome.rtt, port.role == Role::service);
    cls_open_ = cls_open_ || (port.role == Role::cls && port.state == PortState::open);
    service_open_ = service_open_ || (port.role == Role::service && port.state == PortState::open);
    if (makes_better_bracket(evidence_, first_answer_, index)) first_answer_ = index;
  } else if (worth_another_try(port)) {
    // Losses come in bursts: each further try waits longer for one to pass.
    ask(static_cast<TaskId>(index), now + rules_.retry_pause * (port.attempts * port.attempts));
  }
}

// An RTT of zero was not measured: the SYN had been sent more than once (Karn's rule).
void HostScan::learn_syn_ack(Duration rtt, bool of_service) {
  if (rtt <= Duration::zero()) return;
  rtt_.add_syn_ack(rtt);
  if (of_service) evidence_.syn_ack_rtts.push_back(rtt);
}

bool HostScan::worth_another_try(const PortEvidence& port) const {
  if (port.attempts > rules_.retries) return false;
  if (port.state == PortState::unknown) return true;
  if (port.role == Role::boundary) return false;  // most only narrow the search: see plan_boundaries
  if (phase_ != Phase::first_pass && phase_ < Phase::recheck) return true;
  if (port.role == Role::cls) return true;
  // One service that answers shows that the host lives; after that a second try of the others is courtesy
  // enough.
  if (port.role == Role::service) return !service_open_ || port.attempts < 2;
  return false;
}

void HostScan::take_recheck(TaskId task, const ProbeOutcome& outcome, Time now) {
  Recheck* recheck = recheck_of(task);
  const bool asks_service = task >= bracket_task && is_service_port(port_asked_again(task));
  if (outcome.state == PortState::open) learn_syn_ack(outcome.rtt, asks_service);
  if (recheck == nullptr) return;
  recheck->state = outcome.state;
  recheck->reason = outcome.reason;
  recheck->peer = outcome.peer;
  if (counts_as_silent(outcome.state, outcome.reason) && recheck->attempts <= rules_.retries)
    ask(task, now + rules_.retry_pause * (recheck->attempts * recheck->attempts));
}

void HostScan::stop() {
  stopped_ = true;
  pending_.clear();
}

// Moves on while a phase has nothing to ask.
void HostScan::advance(Time now) {
  while (pending_.empty() && phase_ != Phase::done) {
    switch (phase_) {
      case Phase::first_pass:
        if (cursor_ < plan_end_) return;
        phase_ = Phase::second_look;
        plan_second_look(now);
        break;
      case Phase::second_look:
        phase_ = Phase::third_look;
        break;
      case Phase::third_look:
        plan_third_look(now);
        if (pending_.empty()) phase_ = Phase::boundaries;
        break;
      case Phase::boundaries:
        plan_boundaries(now);
        if (pending_.empty()) plan_third_look(now);  // of refusals that came in beside the search
        if (!pending_.empty()) break;
        phase_ = Phase::recheck;
        plan_recheck(now);
        break;
      case Phase::recheck:
        phase_ = Phase::bracket;
        plan_bracket(now);
        break;
      case Phase::bracket:
        phase_ = Phase::last_look;
        break;
      case Phase::last_look:
        plan_last_look(now);
        if (!pending_.empty()) break;
        phase_ = Phase::done;
        break;
      case Phase::done:
        phase_ = Phase::done;
        break;
    }
  }
}

void HostScan::plan_second_look(Time now) {
  for (const std::size_t index : ports_worth_a_second_look(evidence_))
    if (evidence_.ports[index].attempts <= rules_.retries) ask(static_cast<TaskId>(index), now);
  while (repeats_asked_ < repeats_wanted()) ask(next_repeat(), now);
}

// Round after round, until those that still come late have had all their tries.
void HostScan::plan_third_look(Time now) {
  for (const std::size_t index : refusals_worth_a_third_look(evidence_))
    if (evidence_.ports[index].attempts <= rules_.retries) ask(static_cast<TaskId>(index), now);
}

// Each round narrows every boundary down to a quarter; the next is planned when the first tries of this one
// are in. Where a search has come to its end, the silence there is asked again: if it was a lost packet, the
// search goes on.
void HostScan::plan_boundaries(Time now) {
  for (const Port port : boundary_ports_to_ask(evidence_)) {
    ask(static_cast<TaskId>(evidence_.ports.size()), now);
    evidence_.ports.push_back({.port = port, .role = Role::boundary});
  }
  for (const std::size_t index : silences_at_boundaries(evidence_)) {
    const auto& port = evidence_.ports[index];
    if (port.attempts <= rules_.retries && !is_pending(static_cast<TaskId>(index)))
      ask(static_cast<TaskId>(index), now + rules_.retry_pause * (port.attempts * port.attempts));
  }
}

bool HostScan::is_pending(TaskId task) const {
  return std::any_of(pending_.begin(), pending_.end(), [task](const Pending& p) { return p.task == task; });
}

void HostScan::plan_recheck(Time now) {
  for (const auto& port : evidence_.ports)
    if (port.role == Role::cls && port.state == PortState::open) confirm(port.port, now);
  if (rules_.retries == 0) return;
  for (const std::size_t index : silent_cls_ports(evidence_)) ask(static_cast<TaskId>(index), now);
}

void HostScan::confirm(Port port, Time not_before) {
  ask(confirm_task + static_cast<TaskId>(evidence_.confirm.size()), not_before);
  evidence_.confirm.push_back({.port = port});
}

void HostScan::plan_bracket(Time now) {
  if (!first_answer_) return;
  evidence_.bracket = Recheck{.port = evidence_.ports[*first_answer_].port};
  ask(bracket_task, now);
}

// After the bracket: what is heard now counts, and what stays silent was bracketed before.
void HostScan::plan_last_look(Time now) {
  for (const Port port : unconfirmed_cls_ports(evidence_)) confirm(port, now);
  if (!pending_.empty() || rules_.retries == 0 || last_looks_ == most_last_looks) return;
  if (!packets_were_lost(evidence_)) return;
  const Time later = now + rules_.retry_pause * (1U << last_looks_++);
  for (std::size_t i = 0; i < evidence_.confirm.size(); ++i)
    if (counts_as_silent(evidence_.confirm[i].state, evidence_.confirm[i].reason))
      ask(confirm_task + static_cast<TaskId>(i), later);
  for (const std::size_t index : silences_worth_a_last_look(evidence_))
    ask(static_cast<TaskId>(index), later);
}

}  // namespace edgesurvey
