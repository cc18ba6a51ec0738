// The formats of a survey. A new one is a function and a line in format.cpp.
#pragma once

#include "reports/files/destination.hpp"
#include "reports/survey/report_input.hpp"

namespace edgesurvey {

// Writing one may throw ReadError, too.
Formats<ReportInput> report_formats();

}  // namespace edgesurvey
