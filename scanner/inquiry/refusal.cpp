// Refusals from the range: whose they are.
#include <algorithm>
#include <vector>

#include "scanner/inquiry/questions.hpp"
#include "scanner/judging/statistics.hpp"

namespace edgesurvey {

// Where something in front of the host refused most ports sooner, a few late ones may have been held up on
// the way, or by this machine.
Want wants::late_refusal(const Observed& o, const Question& q) {
  const HostDistance& distance = o.log().distance();
  if (!distance.can_tell() || !o.range_refused() || o.sample_left() > 0) return {};
  std::vector<std::size_t> late;
  std::size_t early = 0;
  for (std::size_t i = 0; i < o.ports().size(); ++i) {
    const auto& port = o.ports()[i];
    if (port.role == Role::service || port.state != PortState::closed) continue;
    const bool in_front = distance.refuser_of(port) == Refuser::in_front;
    early += in_front;
    if (!in_front) late.push_back(i);
  }
  if (late.size() > early / ports_a_loss) return {};
  for (const std::size_t i : late) {
    const Tries& tries = o.log().tries(i);
    // Those that failed here count as well: while nothing can be sent this would ask for ever.
    if (tries.made + tries.failed < o.most_tries(q) && tries.in_flight == 0)
      return {.not_before = o.at(), .port = o.ports()[i].port};
  }
  return {};
}

// Spread among the refusals that they are compared with: whatever slows the path or this machine down
// meanwhile slows both. Where the ports outside the range refuse as well, the comparison alone tells a host
// without a firewall from a firewall beside it.
Want wants::service_rtt(const Observed& o, const Question& q) {
  if (!o.range_refused() || o.count(Role::service)[Fate::open] == 0) return {};
  const std::size_t wanted = o.count(Role::control)[Fate::refused] > 0 ? q.tries : fewest_rtts;
  const auto made = static_cast<std::size_t>(
      std::count_if(o.log().attempts().begin(), o.log().attempts().end(), [](const Attempt& attempt) {
        return attempt.answers_for == AnswersFor::rtt && attempt.end != Attempt::End::returned;
      }));
  if (made >= wanted) return {};
  const auto sample = o.plan().of(Role::sample);
  const std::size_t total = std::min(o.half_of_sample(), sample.size());
  const std::size_t asked = o.sample_asked();
  if (asked < total && asked * (wanted + 1) < (made + 1) * total) return {};
  return {.not_before = o.at(), .port = o.ports()[*liveness_port(o.evidence())].port};
}

}  // namespace edgesurvey
