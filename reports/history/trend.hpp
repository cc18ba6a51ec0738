// How the survey went from run to run. Pure.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "reports/history/run_record.hpp"

namespace edgesurvey {

struct Trend {
  std::vector<RunRecord> runs;  // by their start, the oldest first
  // The one that the report is about, if it is about one.
  std::optional<std::size_t> current{};
};

// The runs of a history with one more, unless it is among them.
Trend trend_with(std::vector<RunRecord> runs, const RunRecord& current);

// The upper end of a scale from 0 that has room for every interval of the exposed share and for every share
// of open ranges: one of a few round numbers, up to 1.
double trend_scale(const std::vector<RunRecord>& runs);

}  // namespace edgesurvey
