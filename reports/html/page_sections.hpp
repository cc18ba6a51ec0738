// The sections of the page around its table of hosts.
#pragma once

#include <iosfwd>
#include <string>

#include "reports/history/trend.hpp"
#include "reports/html/overview.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey::html {

// Charts (charts.cpp): shares as bars with their 95 % intervals, on one scale from 0 to 100 %.
// The verdicts of all judged addresses. Precondition: there are some.
std::string verdict_chart(const SurveySummary& summary);

// How many organisations have an exposed address; a bar for each that has several addresses, the rest in a
// list to unfold.
std::string organisation_chart(const Overview& overview);

// The survey from run to run (trend_chart.cpp): the exposed share with the band of its intervals and the
// share of open ranges, over time, and the same numbers in a table to unfold. One run alone has no picture.
// Precondition: there are runs.
std::string trend_section(const Trend& trend);

// Appendix (appendix.cpp): what a report must not leave out.
// The targets without a verdict. Nothing, if every target was probed and nothing was noted. Row by row: there
// may be as many as targets.
void write_skipped_targets(const SurveySource& survey, std::ostream& out);

std::string run_facts(const SurveySource& survey);
std::string probe_ledger(const ProbeLedger& probes);

}  // namespace edgesurvey::html
