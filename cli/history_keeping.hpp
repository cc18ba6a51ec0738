// --history: a run's results, and then the run itself in the history that its reports show the trend of.
#pragma once

#include <string>

#include "cli/outputs.hpp"
#include "reports/survey/report_input.hpp"

namespace edgesurvey {

// Throws ReadError where the file itself keeps a run from being added; not without a history. A disk that is
// full or read-only is no reason: the results are written all the same.
void check_history(const std::string& history);

// Shows the summary, writes the reports with the trend, and adds the run after them. False when anything
// could not be written; the rest still is, and stderr says what is missing. Without a history it adds
// nothing.
bool write_and_keep(const Outputs<ReportInput>& outputs, ReportInput input, const std::string& history);

}  // namespace edgesurvey
