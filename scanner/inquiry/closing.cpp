// What is asked when nothing else is: it vouches for all that was asked before.
#include <algorithm>

#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {
namespace {

// The last attempt that is no liveness check; Time::min() for none.
Time last_but_for_liveness(const Observed& o) {
  const auto& attempts = o.log().attempts();
  const auto last = std::find_if(attempts.rbegin(), attempts.rend(), [](const Attempt& attempt) {
    return attempt.answers_for != AnswersFor::liveness && attempt.end != Attempt::End::returned;
  });
  return last == attempts.rend() ? Time::min() : last->sent;
}

// When all that is no such check is answered or late: these go out together.
Time all_else_is_late(const Observed& o) {
  const auto& attempts = o.log().attempts();
  const auto last = std::find_if(attempts.rbegin(), attempts.rend(), [](const Attempt& attempt) {
    return attempt.awaited() &&
           (attempt.answers_for == AnswersFor::port || attempt.answers_for == AnswersFor::rtt);
  });
  return last == attempts.rend() ? o.at() : last->sent + o.log().rtt().late_after() + Duration{1};
}

struct Checks {
  const Attempt* last = nullptr;
  unsigned made = 0;    // in a row, as far as asked of this port
  unsigned failed = 0;  // here
};

// The checks of this kind at a port that were sent since.
Checks checks_of(const Observed& o, AnswersFor kind, Port port, Time since) {
  Checks checks;
  const auto& attempts = o.log().attempts();
  for (auto attempt = attempts.rbegin(); attempt != attempts.rend() && attempt->sent >= since; ++attempt) {
    if (attempt->answers_for != kind || attempt->end == Attempt::End::returned ||
        o.ports()[attempt->index].port != port)
      continue;
    if (checks.last == nullptr) checks.last = &*attempt;
    ++(attempt->end == Attempt::End::failed_here ? checks.failed : checks.made);
  }
  return checks;
}

// When a check is to be made that has been made so often.
Time next_check(const Observed& o, const Question& q, const Checks& checks, bool answer_settles = true) {
  if (checks.last == nullptr) return all_else_is_late(o);
  if (checks.last->end == Attempt::End::failed_here)
    return checks.failed > o.rules().retries ? Time::max() : checks.last->sent + q.apart;
  if ((answer_settles && checks.last->end == Attempt::End::answered) || checks.made >= o.most_tries(q))
    return Time::max();
  return checks.last->sent + std::max(q.apart, o.log().rtt().late_after());
}

}  // namespace

// A relay port vanishes, the agent stays. Asked a second time only of a host that was heard since: of one
// that stopped responding it would say nothing. A refusal may be that of another node behind the address.
Want wants::cls_still_open(const Observed& o, const Question& q) {
  Want want;
  const auto cls = o.plan().of(Role::cls);
  for (std::size_t i = cls.first; i < cls.last; ++i) {
    const PortEvidence& port = o.ports()[i];
    if (port.state != PortState::open) continue;
    const Checks checks = checks_of(o, q.answers_for, port.port, Time::min());
    const bool was_sent = checks.last != nullptr && checks.last->end != Attempt::End::failed_here;
    if (was_sent && o.log().last_heard() < checks.last->sent) continue;
    const bool settled =
        std::any_of(o.evidence().confirm.begin(), o.evidence().confirm.end(), [&](const Recheck& recheck) {
          return recheck.port == port.port && recheck.state == PortState::open;
        });
    const Time at = next_check(o, q, checks, settled);
    if (at < want.not_before) want = {.not_before = at, .port = port.port};
  }
  return want;
}

// Wanted when something was asked since it was answered. It comes after all that it vouches for is answered
// or late.
Want wants::liveness(const Observed& o, const Question& q) {
  const auto best = liveness_port(o.evidence());
  if (!best) return {};
  const Port port = o.ports()[*best].port;
  const Time at = next_check(o, q, checks_of(o, q.answers_for, port, last_but_for_liveness(o)));
  return {.not_before = at, .port = port};
}

}  // namespace edgesurvey
