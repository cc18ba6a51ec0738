// What a policy that was asked for means for the command that was given it.
#pragma once

#include "reports/survey/report_input.hpp"

namespace edgesurvey {

// Whether a host breaks the policy. Warns of waivers and rules of it that are without use, where the
// run is complete enough to tell. Precondition: there is one.
bool policy_is_broken(const ReportInput& input);

}  // namespace edgesurvey
