// The survey in one sentence, told the way the survey of 2015 was told.
#pragma once

#include <string>

#include "scanner/survey/survey.hpp"

namespace edgesurvey {

// "63 of 250 addresses (25.2 %, 95 % CI 19.9-31.1) expose CLS ports", without a full stop.
std::string headline(const SurveySummary& summary);

}  // namespace edgesurvey
