// The survey that a scan is compared with: read before anything is probed.
#pragma once

#include <cstdint>
#include <string>

#include "cli/options/options.hpp"
#include "cli/outputs.hpp"
#include "reports/diff/survey_diff.hpp"

namespace edgesurvey {

// A result or a journal, with which `edgesurvey diff` and `scan --baseline` begin. Throws ReadError.
diff::SurveySnapshot read_snapshot(const std::string& path);

struct Compared {
  std::uint64_t worse = 0;  // hosts that count as worse
  bool shown = true;        // false: stdout did not take it
};
// Shows what has changed since, where the summary stands. Throws ReadError.
Compared compare_with_baseline(diff::SurveySnapshot baseline, const SurveySource& survey,
                               const Outputs<ReportInput>& outputs);

}  // namespace edgesurvey
