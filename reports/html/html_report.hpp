// The survey as one HTML page for people: no network, no framework, nothing but itself.
#pragma once

#include <iosfwd>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

// Written as it is read, hosts one at a time, the worst verdicts first. Throws ReadError.
void write_html(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey
