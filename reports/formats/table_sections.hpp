// The parts of the terminal's table that have hosts in them. Everywhere options.width is at least 60.
#pragma once

#include <iosfwd>

#include "reports/survey/report_input.hpp"
#include "reports/text/terminal.hpp"

namespace edgesurvey {

// The exposed hosts and what shows that they are. Nothing at all if no host is exposed.
void write_exposed_hosts(const SurveySource& survey, std::ostream& out, const TableOptions& options);

// What a policy decided. Nothing without a policy. Counts; then who broke it and by which rule, and who is
// waived, by whom, why and until when, each at most options.max_hosts. A policy of nothing but fail-on has
// the counts alone: its verdicts stand above.
void write_policy_summary(const ReportInput& input, std::ostream& out, const TableOptions& options);

}  // namespace edgesurvey
