// What is asked when nothing else is: it vouches for all that was asked before.
#include <algorithm>

#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {
namespace {

// The last attempt of which this holds; nullptr for none.
template <typename Holds>
const Attempt* last_of(const Observed& o, Holds holds) {
  const auto& attempts = o.log().attempts();
  const auto last = std::find_if(attempts.rbegin(), attempts.rend(), [&](const Attempt& attempt) {
    return attempt.end != Attempt::End::returned && holds(attempt);
  });
  return last == attempts.rend() ? nullptr : &*last;
}

// The next check at a port; those sent before `since` are none. Checks of several ports go out together, when
// all else is answered or late.
Want next_check(const Observed& o, const Question& q, Port port, Time since, bool answer_settles,
                unsigned most) {
  unsigned made = 0;
  unsigned failed = 0;
  const Attempt* last = nullptr;
  for (const Attempt& attempt : o.log().attempts()) {
    if (attempt.answers_for != q.answers_for || attempt.end == Attempt::End::returned ||
        o.ports()[attempt.index].port != port || attempt.sent < since)
      continue;
    last = &attempt;
    ++(attempt.end == Attempt::End::failed_here ? failed : made);
  }
  if (last == nullptr) {
    const Attempt* awaited = last_of(o, [](const Attempt& attempt) {
      return attempt.awaited() && attempt.answers_for <= AnswersFor::rtt;  // no check
    });
    if (awaited == nullptr) return {o.at(), port};
    return {awaited->sent + o.log().rtt().late_after() + Duration{1}, port};
  }
  const bool failed_last = last->end == Attempt::End::failed_here;
  const bool settled = (answer_settles && last->end == Attempt::End::answered) || made >= most;
  if (failed_last ? failed > o.rules().retries : settled) return {};
  const Duration apart = failed_last ? q.apart : std::max(q.apart, o.log().rtt().late_after());
  return {last->sent + apart, port, made > 0 && !is_cls_port(port)};
}

}  // namespace

// A relay port vanishes, the agent stays. Asked a second time only of a host that was heard since: of one
// that stopped responding it would say nothing. A refusal may be that of another node behind the address.
Want wants::cls_still_open(const Observed& o, const Question& q) {
  Want want;
  for (const std::size_t i : o.plan().of(Role::cls)) {
    const PortEvidence& port = o.ports()[i];
    if (port.state != PortState::open) continue;
    const Attempt* last = last_of(o, [&](const Attempt& attempt) {
      return attempt.answers_for == q.answers_for && attempt.index == i &&
             attempt.end != Attempt::End::failed_here;
    });
    if (last != nullptr && o.log().last_heard() < last->sent) continue;
    const auto& confirm = o.evidence().confirm;
    const bool still_open = std::any_of(confirm.begin(), confirm.end(), [&](const Recheck& recheck) {
      return recheck.port == port.port && recheck.state == PortState::open;
    });
    want.take_if_earlier(next_check(o, q, port.port, Time::min(), still_open, o.most_tries(q)));
  }
  return want;
}

// Wanted when something was asked since it was answered. It comes after all that it vouches for is answered
// or late.
Want wants::liveness(const Observed& o, const Question& q) {
  const auto best = liveness_port(o.evidence());
  if (!best) return {};
  const Attempt* other =
      last_of(o, [&](const Attempt& attempt) { return attempt.answers_for != AnswersFor::liveness; });
  // After routing errors once more than after silences: these two may as well be the last.
  const auto& check = o.evidence().liveness;
  const bool no_route = check && is_routing_error(check->reason);
  const unsigned most = no_route ? o.most_tries(q) : std::min(o.most_tries(q), 2U);
  return next_check(o, q, o.ports()[*best].port, other == nullptr ? Time::min() : other->sent, !no_route,
                    most);
}

}  // namespace edgesurvey
