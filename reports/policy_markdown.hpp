// The part of the Markdown summary that says what a policy decided.
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

// Nothing without a policy. Some 20,000 characters at most, whatever the survey and the policy.
void write_policy_markdown(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey
