// The changes as Markdown, for a pull request's comment; below 65,536 characters whatever the surveys' size.
#pragma once

#include <iosfwd>

#include "reports/diff/survey_diff.hpp"

namespace edgesurvey::diff {

void write_markdown(const SurveyDiff& diff, std::ostream& out);

}  // namespace edgesurvey::diff
