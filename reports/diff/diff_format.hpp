// The forms of a diff, as format.hpp has those of a survey.
#pragma once

#include "reports/destination.hpp"
#include "reports/diff/survey_diff.hpp"

namespace edgesurvey::diff {

Formats<SurveyDiff> diff_formats();

}  // namespace edgesurvey::diff
