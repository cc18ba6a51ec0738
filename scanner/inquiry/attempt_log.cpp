#include "scanner/inquiry/attempt_log.hpp"

#include <algorithm>

namespace edgesurvey {
namespace {

// Which SYN to its port was answered, from 1, the kernel's included. RTTs are of the SYN that was answered,
// or unknown (zero: Karn's rule); what they leave of the time passed before it.
unsigned answered_syn(const Attempt& attempt, const ProbeOutcome& outcome, Time now) {
  return attempt.number + static_cast<unsigned>((now - attempt.sent - outcome.rtt) / first_resend);
}

Fate fate_of(const PortEvidence& port, const Tries& tries) {
  if (port.state == PortState::unknown) return tries.failed > 0 ? Fate::failed : Fate::unasked;
  if (port.state == PortState::filtered) return port.answered() ? Fate::icmp : Fate::silent;
  return port.state == PortState::open ? Fate::open : Fate::refused;
}

}  // namespace

AttemptLog::AttemptLog(const Address& address, const ProbePlan& plan, Duration timeout) : rtt_(timeout) {
  evidence_.address = address;
  evidence_.ports.reserve(plan.size());
  for (const auto& planned : plan.ports())
    evidence_.ports.push_back({.port = planned.port, .role = planned.role});
  tries_.resize(plan.size());
  attempts_.reserve(plan.size());
}

AttemptId AttemptLog::start(const Question& question, Port port, Time now) {
  const std::size_t index = index_of(port);
  if (index == evidence_.ports.size()) {
    evidence_.ports.push_back({.port = port, .role = Role::boundary});
    tries_.emplace_back();
  }
  Attempt attempt{.question = question.id,
                  .answers_for = question.answers_for,
                  .index = static_cast<std::uint32_t>(index),
                  .sent = now};
  if (attempt.answers_for == AnswersFor::port) {
    PortEvidence& asked = evidence_.ports[index];
    attempt.number = ++asked.attempts;
    if (attempt.number == 1) asked.asked = now;
    Tries& tries = tries_[index];
    tries.last = now;
    ++tries.made;
    ++tries.in_flight;
  } else if (attempt.answers_for == AnswersFor::rtt) {
    ++evidence_.other_attempts;
  } else {
    attempt.number = ++recheck_for(attempt).attempts;
  }
  ++in_flight_;
  attempts_.push_back(attempt);
  return static_cast<AttemptId>(attempts_.size() - 1);
}

void AttemptLog::return_unsent(AttemptId id) {
  Attempt& attempt = attempts_[id];
  attempt.end = Attempt::End::returned;
  --in_flight_;
  if (attempt.answers_for == AnswersFor::port) {
    --evidence_.ports[attempt.index].attempts;
    --tries_[attempt.index].in_flight;
    --tries_[attempt.index].made;
  } else if (Recheck* recheck = recheck_of(attempt)) {
    --recheck->attempts;
  } else {
    --evidence_.other_attempts;
  }
}

void AttemptLog::on_result(AttemptId id, const ProbeOutcome& outcome, Time now) {
  Attempt& attempt = attempts_[id];
  --in_flight_;
  attempt.end = outcome.answered()                    ? Attempt::End::answered
                : outcome.state == PortState::unknown ? Attempt::End::failed_here
                                                      : Attempt::End::silent;
  const unsigned syn = answered_syn(attempt, outcome, now);
  if (outcome.answered()) {
    const Time heard = attempt.sent + (syn - attempt.number) * first_resend;
    first_heard_ = first_heard_ == Time::min() ? heard : std::min(first_heard_, heard);
    last_heard_ = std::max(last_heard_, attempt.sent);
  }
  // An RTT of zero was not measured: the SYN had been sent more than once (Karn's rule).
  if (outcome.state == PortState::open && outcome.rtt > Duration::zero()) {
    rtt_.add_syn_ack(outcome.rtt);
    if (evidence_.ports[attempt.index].role == Role::service) {
      evidence_.syn_ack_rtts.push_back({outcome.rtt, attempt.sent});
      distance_ = HostDistance(evidence_.syn_ack_rtts);
    }
  }
  if (attempt.answers_for == AnswersFor::port)
    note_port(attempt, syn, outcome, now);
  else if (Recheck* recheck = recheck_of(attempt))
    recheck->note(syn, outcome);
}

void AttemptLog::note_port(const Attempt& attempt, unsigned syn, const ProbeOutcome& outcome, Time now) {
  PortEvidence& port = evidence_.ports[attempt.index];
  Tries& tries = tries_[attempt.index];
  --tries.in_flight;
  if (attempt.end == Attempt::End::failed_here) {
    --tries.made;
    ++tries.failed;
    tries.last = now;
  } else {
    tries.failed = 0;
  }
  if (attempt.end == Attempt::End::silent) port.waited = std::max(port.waited, now - attempt.sent);
  const bool first_answer = outcome.answered() && !port.answered();
  port.note(syn, outcome);
  if (first_answer || (outcome.answered() && port.rtt == outcome.rtt)) port.asked = attempt.sent;
  tries.fate = fate_of(port, tries);
  tries.late = port.answered_late();
}

// nullptr: it is of an RTT, or of a check that was made again with another port since.
Recheck* AttemptLog::recheck_of(const Attempt& attempt) {
  const Port port = evidence_.ports[attempt.index].port;
  const auto is_it = [port](const Recheck& recheck) { return recheck.port == port; };
  auto& confirm = evidence_.confirm;
  auto& check = evidence_.liveness;
  if (attempt.answers_for == AnswersFor::liveness) return check && is_it(*check) ? &*check : nullptr;
  const auto known = std::find_if(confirm.begin(), confirm.end(), is_it);
  return attempt.answers_for == AnswersFor::rtt || known == confirm.end() ? nullptr : &*known;
}

// A liveness check that was answered and is made again, for more was asked since, begins anew.
Recheck& AttemptLog::recheck_for(const Attempt& attempt) {
  const bool of_liveness = attempt.answers_for == AnswersFor::liveness;
  Recheck* known = recheck_of(attempt);
  if (known != nullptr && !(of_liveness && known->answered())) return *known;
  const Recheck begun{.port = evidence_.ports[attempt.index].port};
  if (!of_liveness) return evidence_.confirm.emplace_back(begun);
  if (evidence_.liveness) evidence_.other_attempts += evidence_.liveness->attempts;
  return evidence_.liveness.emplace(begun);
}

void AttemptLog::close() {
  std::erase_if(evidence_.ports, [](const PortEvidence& port) {
    return (port.role == Role::sample || port.role == Role::boundary) && port.attempts == 0;
  });
}

std::size_t AttemptLog::index_of(Port port) const {
  const auto known = std::find_if(evidence_.ports.begin(), evidence_.ports.end(),
                                  [port](const PortEvidence& asked) { return asked.port == port; });
  return static_cast<std::size_t>(known - evidence_.ports.begin());
}

}  // namespace edgesurvey
