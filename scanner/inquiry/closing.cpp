// What is asked when nothing else is: it vouches for all that was asked before.
#include <algorithm>
#include <vector>

#include "scanner/inquiry/loss_model.hpp"
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
Time next_check(const Observed& o, const Question& q, const Checks& checks) {
  if (checks.last == nullptr) return all_else_is_late(o);
  if (checks.last->end == Attempt::End::failed_here)
    return checks.failed > o.rules().retries ? Time::max() : checks.last->sent + q.apart;
  if (checks.last->end == Attempt::End::answered || checks.made >= std::min(q.tries, o.rules().retries + 1))
    return Time::max();
  return checks.last->sent + std::max(q.apart, o.log().rtt().late_after());
}

bool a_service_was_late(const Evidence& evidence) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(), [](const PortEvidence& port) {
    return port.role == Role::service && port.answered_late();
  });
}

// The host did not hear us, or we it, at some time: a service, an open CLS port or the liveness check that
// answered a further SYN only or, of the checks, was silent; or most repeats of a service.
bool was_out_of_reach(const Observed& o) {
  const Evidence& evidence = o.evidence();
  const auto late = [](const auto& asked) { return asked.answered_late(); };
  std::size_t repeats = 0;
  std::size_t silent = 0;
  for (const Attempt& attempt : o.log().attempts()) {
    if (attempt.answers_for != AnswersFor::rtt) continue;
    ++repeats;
    silent += attempt.end == Attempt::End::silent ? 1U : 0U;
  }
  return 2 * silent > repeats || (evidence.liveness && late(*evidence.liveness)) ||
         a_service_was_late(evidence) ||
         std::any_of(evidence.confirm.begin(), evidence.confirm.end(), [&](const Recheck& recheck) {
           return recheck.reason == Reason::no_response || late(recheck);
         });
}

// And it is with us at the end: what was silent then may only not have heard us.
bool lives_after_loss(const Observed& o) {
  const auto& liveness = o.evidence().liveness;
  return liveness && liveness->answered() && was_out_of_reach(o);
}

}  // namespace

// A relay port vanishes, the agent stays. Asked a second time only of a host that was heard since: of one
// that stopped responding it would say nothing.
Want wants::cls_still_open(const Observed& o, const Question& q) {
  Want want;
  const auto cls = o.plan().of(Role::cls);
  for (std::size_t i = cls.first; i < cls.last; ++i) {
    const PortEvidence& port = o.ports()[i];
    if (port.state != PortState::open) continue;
    const Checks checks = checks_of(o, q.answers_for, port.port, Time::min());
    const bool was_sent = checks.last != nullptr && checks.last->end != Attempt::End::failed_here;
    if (was_sent && o.log().last_heard() < checks.last->sent) continue;
    const Time at = next_check(o, q, checks);
    if (at < want.not_before) want = {.not_before = at, .port = port.port};
  }
  return want;
}

// A host whose services were not heard at once may have come up, or a burst of loss have ended, after its CLS
// ports were asked. What was lost later cannot have swallowed their answers, which are waited for longest of
// all.
Want wants::cls_after_loss(const Observed& o, const Question& q) {
  if (!lives_after_loss(o) || !a_service_was_late(o.evidence())) return {};
  return o.first_of(o.plan().of(Role::cls), q, [&](std::size_t i) { return o.fate(i) == Fate::silent; });
}

// A host that lives at the end, some of whose packets were lost, may not have heard a sample that was asked
// within a burst. Some of it is asked again; once one answers, all that is silent.
Want wants::sample_after_loss(const Observed& o, const Question& q) {
  constexpr std::size_t some = 16;
  if (!lives_after_loss(o)) return {};
  const auto sample = o.plan().of(Role::sample);
  std::vector<std::size_t> silent;
  Time first = Time::max();
  Time last = Time::min();
  bool answered = false;
  for (std::size_t i = sample.first; i < sample.last; ++i) {
    const PortEvidence& port = o.ports()[i];
    if (port.attempts == 0) continue;
    if (port.answered_at == 1) return {};
    answered |= port.answered();
    first = std::min(first, port.asked);
    last = std::max(last, port.asked);
    if (o.fate(i) == Fate::silent) silent.push_back(i);
  }
  if (silent.empty() || (!answered && last - first > loss_model::outlasting(loss_model::Risk::none)))
    return {};
  if (o.glance().agent_shows()) return {};
  if (!answered) silent.resize(std::min(silent.size(), some));
  return o.first_of(silent, q);
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
