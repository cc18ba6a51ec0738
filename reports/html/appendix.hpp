// What a report must not leave out: the targets without a verdict, the facts of the run, the probe ledger.
#pragma once

#include <iosfwd>
#include <string>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey::html {

// Nothing, if every target was probed and nothing was noted. Row by row: there may be as many as targets.
void write_skipped_targets(const SurveySource& survey, std::ostream& out);

std::string run_facts(const SurveySource& survey);
std::string probe_ledger(const ProbeLedger& probes);

}  // namespace edgesurvey::html
