// What a user hands to `edgesurvey report`: a result, or the journal of a run that never became one.
#pragma once

#include <memory>
#include <string>

#include "reports/survey_source.hpp"

namespace edgesurvey {

// "-" and "/dev/stdin" are the standard input, whatever it is. Throws ReadError.
std::unique_ptr<SurveySource> open_survey(const std::string& path);

}  // namespace edgesurvey
