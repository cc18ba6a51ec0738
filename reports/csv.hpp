// The survey as CSV (RFC 4180): a row for every target and address, in input order.
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

// A target that was not probed has one row, without an address: verdict "skipped", reason why. With a policy
// a column "policy" follows the others: broken, waived, undecided or kept.
void write_csv(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey
