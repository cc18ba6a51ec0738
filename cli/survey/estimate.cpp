#include "cli/survey/estimate.hpp"

#include <algorithm>
#include <chrono>

#include "cli/terminal/progress.hpp"
#include "targets/saturating.hpp"

namespace edgesurvey {
namespace {

// What a host costs beyond its plan: rechecks, the liveness check, and retries of what was silent. Hosts that
// half of their sample is enough for cost less, so that a survey ends sooner than estimated rather than
// later.
constexpr double further_probes = 10;

}  // namespace

double probes_a_host(const ProbePlan& plan) {
  return static_cast<double>(plan.size()) + further_probes;
}

std::uint64_t planned_probes(std::uint64_t hosts, const ProbePlan& plan) {
  return saturating_multiply(hosts, plan.size());
}

Duration estimate_survey(std::uint64_t hosts, const ProbePlan& plan, const PaceOptions& pace,
                         Duration timeout) {
  const double each = probes_a_host(plan);
  const double in_all = pace.rate > 0 ? each * static_cast<double>(hosts) / pace.rate : 0;
  const double one_host = pace.host_rate > 0 ? each / pace.host_rate : 0;
  const double waits = 2 * std::chrono::duration<double>(timeout).count();
  return std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(std::min(std::max(in_all, one_host) + waits, longest_seconds)));
}

}  // namespace edgesurvey
