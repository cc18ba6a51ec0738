// The survey from run to run, as a picture and as a table.
#pragma once

#include <string>

#include "reports/history/trend.hpp"

namespace edgesurvey::html {

// A section of the page: the exposed share with the band of its intervals and the share of open ranges, over
// time, and the same numbers in a table to unfold. One run alone has no picture.
// Precondition: there are runs.
std::string trend_section(const Trend& trend);

}  // namespace edgesurvey::html
