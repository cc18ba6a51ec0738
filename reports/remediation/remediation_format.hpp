// The forms of a remediation, as format.hpp has those of a survey.
#pragma once

#include "reports/destination.hpp"
#include "reports/remediation/remediation.hpp"

namespace edgesurvey {

Formats<Remediation> remediation_formats();

}  // namespace edgesurvey
