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
  for (const Question& question : rules_.questions) {
    if (next_.wants_now || (question.closing && next_.any())) break;
    // Of a host that stopped responding nothing can be learned; while that is in doubt, nothing else is
    // asked. But the check that says so has all its attempts: a burst may have swallowed the first.
    const bool whole_sample = rules_.whole_sample && question.id == QuestionId::sample;
    const bool anyway = observed.stopped_responding() ? whole_sample : !observed.is_in_doubt();
    if (question.answers_for == AnswersFor::liveness || anyway)
      consider(question, question.wants(observed, question), now);
  }
  next_.late_at = observed.next_late_at();
  next_.unasked = observed.unasked();
  if (stopping_ && next_.any())
    log_.cut_short();
  else if (!finished())
    return;
  else
    log_.close();  // the ports that leave the evidence are not to be looked at again
  stopped_ = true;
  next_ = {};
}

void HostScan::consider(const Question& question, const Want& want, Time now) {
  if (!want) return;
  const Time at = pacer_.ready_at(std::max(want.not_before, now), syns_sent_within(wait_for(question, want)));
  Due& due = want.can_wait ? next_.patient : next_.pressing;
  if (due.question == nullptr || at < due.at) due = {.question = &question, .want = want, .at = at};
  next_.wants_now = want.not_before <= now;
}

std::optional<HostProbe> HostScan::start(Time now) {
  if (now >= next_.late_at) derive(now);
  if (ready_at() > now) return std::nullopt;
  const auto [question, want, at] = next_.pressing.at <= now ? next_.pressing : next_.patient;
  const Duration wait = wait_for(*question, want);
  const unsigned syns = syns_sent_within(wait);
  if (pacer_.ready_at(now, syns) > now) {  // the one before left later than it was to
    derive(now);
    return std::nullopt;
  }
  const bool confirms = question->answers_for == AnswersFor::confirmation;
  const HostProbe probe{.id = log_.start(*question, want.port, now),
                        .question = question->id,
                        .port = want.port,
                        .technique = confirms ? Technique::watch : Technique::half_open,
                        .wait = wait,
                        .syns = syns};
  pacer_.take(probe.id, now, syns);
  derive(now);
  return probe;
}

Duration HostScan::wait_for(const Question& question, const Want& want) const {
  const Duration usual = log_.rtt().wait();
  const bool first_port_only = question.waiting == Waiting::patience_of_first_port;
  if (question.waiting == Waiting::as_usual || want.as_usual ||
      (first_port_only && want.port != plan_.ports().front().port))
    return usual;
  // Short of the whole second, in which the kernel's next SYN might leave.
  const Duration patient = std::max(rules_.patience, rules_.timeout) - (first_resend - one_syn_wait);
  const bool one_more = question.waiting == Waiting::patience_of_second_syn && patient > first_resend;
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
