// Which verdicts the run was asked to fail on, for reports that tell a pipeline what failed.
#pragma once

#include <vector>

#include "scanner/survey.hpp"

namespace edgesurvey {

// Those of --fail-on among the run's arguments; without it cls-exposed and media-range-open.
std::vector<Verdict> failing_verdicts(const RunFacts& run);

}  // namespace edgesurvey
