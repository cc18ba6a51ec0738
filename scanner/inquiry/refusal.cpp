// Refusals from the range: where they end, and whose they are.
#include <algorithm>
#include <vector>

#include "scanner/inquiry/questions.hpp"
#include "scanner/judging/range_picture.hpp"
#include "scanner/judging/refusal_origin.hpp"

namespace edgesurvey {
namespace {

// The sample in ascending port order, as indices into the evidence; without what was not asked.
std::vector<std::size_t> asked_by_port(const Observed& o) {
  const auto sample = o.plan().of(Role::sample);
  std::vector<std::size_t> indices;
  for (std::size_t i = sample.first; i < sample.last; ++i)
    if (o.ports()[i].attempts > 0) indices.push_back(i);
  std::sort(indices.begin(), indices.end(),
            [&](std::size_t a, std::size_t b) { return o.ports()[a].port < o.ports()[b].port; });
  return indices;
}

}  // namespace

// Not while the sample goes on, where its neighbours are not known, nor where refusals are rate-limited. A
// third attempt where packets were seen to be lost.
Want wants::silence_beside_refusal(const Observed& o, const Question& q) {
  if (o.sample_left() > 0 || !o.glance().range_refused) return {};
  const unsigned most = o.glance().answered_late ? 3 : 2;
  const auto is_wanted = [&](std::size_t i) {
    return o.fate(i) == Fate::silent && o.ports()[i].attempts < most;
  };
  const auto sample = asked_by_port(o);
  if (std::none_of(sample.begin(), sample.end(), is_wanted)) return {};
  const auto refused = [&](std::size_t position) {
    return position < sample.size() && o.ports()[sample[position]].state == PortState::closed;
  };
  std::vector<std::size_t> beside;
  for (std::size_t i = 0; i < sample.size(); ++i)
    if (is_wanted(sample[i]) && (refused(i + 1) || (i > 0 && refused(i - 1)))) beside.push_back(sample[i]);
  if (beside.empty() || refusals_are_rate_limited(o.evidence())) return {};
  return o.first_of(beside, q);
}

// Where something in front of the host refused most ports sooner, a few late ones may have been held up on
// the way, or by this machine.
Want wants::late_refusal(const Observed& o, const Question& q) {
  constexpr std::size_t most = 24;
  const auto nearest = o.log().nearest();
  if (!nearest || !o.glance().range_refused || o.sample_left() > 0) return {};
  std::vector<std::size_t> late;
  std::size_t early = 0;
  for (std::size_t i = 0; i < o.ports().size(); ++i) {
    const auto& port = o.ports()[i];
    if (port.role == Role::service || port.state != PortState::closed) continue;
    if (was_refused_in_front(port, nearest))
      ++early;
    else
      late.push_back(i);
  }
  if (late.size() > std::min(most, early / 2)) return {};
  Want want;
  for (const std::size_t i : late) {
    const Tries& tries = o.log().tries(i);
    // Those that failed here count as well: while nothing can be sent this would ask for ever.
    const unsigned made = tries.made + tries.failed;
    if (made >= q.tries || made > o.rules().retries || tries.in_flight > 0) continue;
    want = {.not_before = o.at(), .port = o.ports()[i].port};
    break;
  }
  return want;
}

// Spread among the refusals that they are compared with: whatever slows the path or this machine down
// meanwhile slows both. Where the ports outside the range refuse as well, the comparison alone tells a host
// without a firewall from a firewall beside it.
Want wants::service_rtt(const Observed& o, const Question& q) {
  if (!o.glance().range_refused || !o.glance().service_open) return {};
  const std::size_t wanted = o.glance().control_refused ? q.tries : fewest_rtts;
  const auto made = static_cast<std::size_t>(
      std::count_if(o.log().attempts().begin(), o.log().attempts().end(), [](const Attempt& attempt) {
        return attempt.answers_for == AnswersFor::rtt && attempt.end != Attempt::End::returned;
      }));
  if (made >= wanted) return {};
  const auto sample = o.plan().of(Role::sample);
  const std::size_t total = std::min(o.half_of_sample(), sample.size());
  const std::size_t asked = o.glance().sample_asked;
  if (asked < total && asked * (wanted + 1) < (made + 1) * total) return {};
  return {.not_before = o.at(), .port = o.ports()[*liveness_port(o.evidence())].port};
}

}  // namespace edgesurvey
