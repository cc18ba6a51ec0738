// What a survey will cost, before it has begun: probes and time.
#pragma once

#include <cstdint>

#include "cli/options/options.hpp"
#include "scanner/plan.hpp"
#include "scanner/time.hpp"

namespace edgesurvey {

// What a host should cost with its rechecks and retries, on average.
double probes_a_host(const ProbePlan& plan);
// The plan's probes for that many hosts; saturates at 2^64 - 1.
std::uint64_t planned_probes(std::uint64_t hosts, const ProbePlan& plan);

// How long that many hosts should take: as long as all their SYNs need at the total pace, or one host's at
// its own, whichever is longer, and the waits at the end. At most longest_seconds.
Duration estimate_survey(std::uint64_t hosts, const ProbePlan& plan, const PaceOptions& pace,
                         Duration timeout);

}  // namespace edgesurvey
