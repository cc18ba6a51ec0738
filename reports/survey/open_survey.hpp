// What a user hands to `edgesurvey report`: a result, or the journal of a run that never became one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

// "-" and "/dev/stdin", whatever is behind it: what can be read only once.
bool is_standard_input(std::string_view path);

// Throws ReadError.
std::unique_ptr<SurveySource> open_survey(const std::string& path);

}  // namespace edgesurvey
