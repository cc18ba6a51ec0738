// The part of the terminal's table that says what a policy decided.
#pragma once

#include <iosfwd>

#include "reports/judged_policy.hpp"
#include "reports/survey_source.hpp"
#include "reports/table.hpp"

namespace edgesurvey {

// "2 broken, 1 waived, 0 undecided, 3 kept"
std::string outcome_counts(const JudgedPolicy& policy);

// Nothing without a policy. Counts; then who broke it and by which rule, and who is waived, by whom, why and
// until when, each at most options.max_hosts. A policy of nothing but fail-on has the counts alone: its
// verdicts stand above. options.width is at least 60.
void write_policy_summary(const SurveySource& survey, std::ostream& out, const TableOptions& options);

}  // namespace edgesurvey
