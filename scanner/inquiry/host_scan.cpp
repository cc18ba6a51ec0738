#include "scanner/inquiry/host_scan.hpp"

#include <algorithm>

namespace edgesurvey {

HostScan::HostScan(const Address& address, const ProbePlan& plan, const ScanRules& rules)
    : rules_(rules), plan_(plan), log_(address, plan, rules.timeout), pacer_(rules.host_rate) {
  derive(Time{});
}

// The questions are asked in the table's order what they want. The first that wants a port by now has it; of
// the others only when they will want one matters.
void HostScan::derive(Time now) {
  next_ = {};
  if (stopped_) return;
  const Observed observed(log_, plan_, rules_, now, favour_latency_);
  const bool in_doubt = observed.is_in_doubt();
  for (const Question& question : rules_.questions) {
    if (question.closing && next_.any()) break;
    // Of a host that stopped responding nothing can be learned; while that is in doubt, nothing else is
    // asked.
    if (in_doubt && !observed.stopped_responding() && question.answers_for != AnswersFor::liveness) continue;
    // But the check that says so has all its attempts: a burst may have swallowed the first.
    if (observed.stopped_responding() && question.answers_for != AnswersFor::liveness &&
        !(rules_.whole_sample && question.id == QuestionId::sample))
      continue;
    const Want want = question.wants(observed, question);
    if (!want) continue;
    consider(question, want, now);
    next_.wants_now = want.not_before <= now;
    if (next_.wants_now) break;
  }
  next_.late_at = observed.next_late_at();
  next_.unasked = observed.unasked();
  if (stopping_ && next_.any()) {
    log_.cut_short();
    stopped_ = true;
    next_ = {};
    return;
  }
  if (!finished()) return;
  // The ports that leave the evidence are not to be looked at again.
  log_.drop_unasked();
  stopped_ = true;
  next_ = {};
}

void HostScan::consider(const Question& question, const Want& want, Time now) {
  const unsigned syns = syns_sent_within(wait_for(question, want.port));
  const Time at = pacer_.ready_at(std::max(want.not_before, now), syns);
  Due& due = want.can_wait ? next_.patient : next_.pressing;
  if (due.question == nullptr || at < due.at) due = {.question = &question, .port = want.port, .at = at};
}

std::optional<HostProbe> HostScan::start(Time now) {
  if (now >= next_.late_at) derive(now);
  if (ready_at() > now) return std::nullopt;
  const Due& due = next_.pressing.at <= now ? next_.pressing : next_.patient;
  HostProbe probe = probe_of(*due.question, due.port);
  if (pacer_.ready_at(now, probe.syns) > now) {  // the one before left later than it was to
    derive(now);
    return std::nullopt;
  }
  probe.id = log_.start(*due.question, due.port, now);
  pacer_.take(probe.id, now, probe.syns);
  derive(now);
  return probe;
}

HostProbe HostScan::probe_of(const Question& question, Port port) const {
  const bool confirms = question.answers_for == AnswersFor::confirmation;
  const Duration wait = wait_for(question, port);
  return {.question = question.id,
          .port = port,
          .technique = confirms ? Technique::watch : Technique::half_open,
          .wait = wait,
          .syns = syns_sent_within(wait)};
}

Duration HostScan::wait_for(const Question& question, Port port) const {
  const Duration usual = log_.rtt().wait();
  if (question.waiting == Waiting::as_usual) return usual;
  if (!is_cls_port(port) && log_.attempts_for(question.answers_for, port) > 0) return usual;
  if (question.waiting == Waiting::patience_of_first_port && port != plan_.ports().front().port) return usual;
  // Short of the whole second, in which the kernel's next SYN might leave.
  const Duration patient = std::max(rules_.patience, rules_.timeout) - (first_resend - one_syn_wait);
  const bool sends_more = patient > first_resend;
  const bool one_more = question.waiting == Waiting::patience_of_second_syn && sends_more;
  return std::max(usual, one_more ? patient + first_resend : patient);
}

void HostScan::return_unsent(AttemptId id, Time now) {
  log_.return_unsent(id);
  pacer_.ended(id, now);
  derive(now);
}

void HostScan::on_result(AttemptId id, const ProbeOutcome& outcome, Time now) {
  log_.on_result(id, outcome, now);
  pacer_.ended(id, now);
  derive(now);
}

void HostScan::stop(Time now) {
  stopping_ = true;
  derive(now);
}

}  // namespace edgesurvey
