// The survey as one HTML page for people: no network, no framework, nothing but itself.
#pragma once

#include <iosfwd>

#include "reports/survey/report_input.hpp"

namespace edgesurvey {

// Written as it is read, hosts one at a time, the worst verdicts first. Throws ReadError.
void write_html(const ReportInput& input, std::ostream& out);

}  // namespace edgesurvey
