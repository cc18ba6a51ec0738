// The survey in short as Markdown, fit for a pull request's comment (GitHub allows 65,536 characters, and
// this stays below whatever the survey's size) or for $GITHUB_STEP_SUMMARY.
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

void write_markdown(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey
