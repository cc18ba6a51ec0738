// Shares as bars with their 95 % intervals, on one scale from 0 to 100 %.
#pragma once

#include <string>

#include "reports/html/overview.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey::html {

// The verdicts of all judged addresses. Precondition: there are some.
std::string verdict_chart(const SurveySummary& summary);

// How many organisations have an exposed address; a bar for each that has several addresses, the rest in a
// list to unfold.
std::string organisation_chart(const Overview& overview);

}  // namespace edgesurvey::html
