#include "cli/baseline.hpp"

#include <ostream>
#include <utility>

#include "reports/diff/diff_format.hpp"
#include "reports/survey/open_survey.hpp"

namespace edgesurvey {

diff::SurveySnapshot read_snapshot(const std::string& path) {
  return diff::snapshot_of(*open_survey(path));
}

Compared compare_with_baseline(diff::SurveySnapshot baseline, const SurveySource& survey,
                               const Outputs<ReportInput>& outputs) {
  const diff::SurveyDiff changes(std::move(baseline), diff::snapshot_of(survey));
  const bool shown = outputs.show([&](std::ostream& out, const TableOptions& options) {
    out << "\nSince the baseline:\n";
    diff::write_text(changes, out, options);
  });
  return {.worse = changes.worse(), .shown = shown};
}

}  // namespace edgesurvey
