// What a policy that was asked for means for the command that was given it.
#pragma once

#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

// Whether a host breaks the survey's policy. Warns of waivers and rules of it that are without use, where the
// run is complete enough to tell. Precondition: the survey has one.
bool policy_is_broken(const SurveySource& survey);

}  // namespace edgesurvey
