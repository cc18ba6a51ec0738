#include "scanner/inquiry/attempt_log.hpp"

#include <algorithm>

#include "scanner/inquiry/note.hpp"
#include "scanner/judging/statistics.hpp"

namespace edgesurvey {
namespace {

// Which SYN to its port was answered, from 1, the kernel's included: an answer whose RTT is not known (Karn's
// rule) may be to a resent one.
unsigned answered_syn(const Attempt& attempt, const ProbeOutcome& outcome, Time now) {
  if (!outcome.answered() || outcome.rtt > Duration::zero()) return attempt.number;
  return attempt.number + static_cast<unsigned>((now - attempt.sent) / first_resend);
}

Fate fate_of(const PortEvidence& port, const Tries& tries) {
  switch (port.state) {
    case PortState::open:
      return Fate::open;
    case PortState::closed:
      return Fate::refused;
    case PortState::filtered:
      return port.answered() ? Fate::icmp : Fate::silent;
    case PortState::unknown:
      break;
  }
  return tries.failed > 0 ? Fate::failed : Fate::unasked;
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
  switch (question.answers_for) {
    case AnswersFor::port: {
      PortEvidence& asked = evidence_.ports[index];
      attempt.number = ++asked.attempts;
      if (attempt.number == 1) asked.asked = now;
      Tries& tries = tries_[index];
      tries.last = now;
      ++tries.made;
      ++tries.in_flight;
      break;
    }
    case AnswersFor::rtt:
      ++evidence_.other_attempts;
      break;
    case AnswersFor::confirmation:
    case AnswersFor::liveness:
      attempt.number = ++begin_recheck(question.answers_for, port).attempts;
      break;
  }
  if (question.answers_for == AnswersFor::rtt || question.answers_for == AnswersFor::liveness)
    last_check_ = now;
  ++in_flight_;
  attempts_.push_back(attempt);
  return static_cast<AttemptId>(attempts_.size() - 1);
}

void AttemptLog::return_unsent(AttemptId id) {
  Attempt& attempt = attempts_[id];
  attempt.end = Attempt::End::returned;
  --in_flight_;
  switch (attempt.answers_for) {
    case AnswersFor::port:
      --evidence_.ports[attempt.index].attempts;
      --tries_[attempt.index].in_flight;
      --tries_[attempt.index].made;
      break;
    case AnswersFor::rtt:
      --evidence_.other_attempts;
      break;
    case AnswersFor::confirmation:
    case AnswersFor::liveness:
      if (Recheck* recheck = recheck_of(attempt)) --recheck->attempts;
      break;
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
  if (outcome.state == PortState::open) learn_rtt(attempt, outcome);
  switch (attempt.answers_for) {
    case AnswersFor::port:
      return note_port(attempt, syn, outcome, now);
    case AnswersFor::rtt:
      return;
    case AnswersFor::confirmation:
    case AnswersFor::liveness:
      if (Recheck* recheck = recheck_of(attempt)) note(*recheck, syn, outcome);
  }
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
  if (outcome.answered() && !port.answered()) port.asked = attempt.sent;
  note(port, syn, outcome);
  tries.fate = fate_of(port, tries);
  tries.late = port.answered_late();
}

// An RTT of zero was not measured: the SYN had been sent more than once (Karn's rule).
void AttemptLog::learn_rtt(const Attempt& attempt, const ProbeOutcome& outcome) {
  if (outcome.rtt <= Duration::zero()) return;
  rtt_.add_syn_ack(outcome.rtt);
  if (evidence_.ports[attempt.index].role != Role::service) return;
  evidence_.syn_ack_rtts.push_back(outcome.rtt);
}

// nullptr: it is of a check that was made again with another port since.
Recheck* AttemptLog::recheck_of(const Attempt& attempt) {
  const Port port = evidence_.ports[attempt.index].port;
  const auto is_it = [port](const Recheck& recheck) { return recheck.port == port; };
  if (attempt.answers_for == AnswersFor::liveness)
    return evidence_.liveness && is_it(*evidence_.liveness) ? &*evidence_.liveness : nullptr;
  const auto known = std::find_if(evidence_.confirm.begin(), evidence_.confirm.end(), is_it);
  return known == evidence_.confirm.end() ? nullptr : &*known;
}

// A liveness check that was answered and is made again, for more was asked since, begins anew.
Recheck& AttemptLog::begin_recheck(AnswersFor kind, Port port) {
  if (kind == AnswersFor::liveness) {
    auto& check = evidence_.liveness;
    if (!check || check->port != port || check->answered()) {
      if (check) evidence_.other_attempts += check->attempts;
      check = Recheck{.port = port};
    }
    return *check;
  }
  const auto known = std::find_if(evidence_.confirm.begin(), evidence_.confirm.end(),
                                  [port](const Recheck& recheck) { return recheck.port == port; });
  return known != evidence_.confirm.end() ? *known : evidence_.confirm.emplace_back(Recheck{.port = port});
}

unsigned AttemptLog::attempts_for(AnswersFor kind, Port port) const {
  if (kind == AnswersFor::liveness) {
    const auto& check = evidence_.liveness;
    return check && check->port == port && !check->answered() ? check->attempts : 0;
  }
  if (kind == AnswersFor::port) {
    const std::size_t index = index_of(port);
    return index < evidence_.ports.size() ? evidence_.ports[index].attempts : 0;
  }
  return 0;
}

void AttemptLog::drop_unasked() {
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
