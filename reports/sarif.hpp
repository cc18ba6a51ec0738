// The findings as SARIF 2.1.0 (OASIS), for code scanning: each is shown at the line of the target file that
// named the host. closed is no finding; a target that was not looked at is a notification. With a policy,
// what it expects is no finding either, what it waives is a suppressed one, and an unexpected closed is one.
//
// A finding is one address and one verdict, and its fingerprint is made of these two: it stays the same
// finding when its line moves, when another name leads to it, or when the run is repeated.
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

void write_sarif(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey
