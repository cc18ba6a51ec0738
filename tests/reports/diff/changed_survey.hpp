// A survey and the one a month later, with every kind of change between them. Golden files are made of them.
#pragma once

#include <memory>

#include "reports/diff/survey_diff.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey::testing {

std::unique_ptr<SurveySource> survey_before();
std::unique_ptr<SurveySource> survey_after();
diff::SurveyDiff changed_survey();

// A host of which only this is known. Its CLS ports are open if it is exposed.
diff::Snapshot snapshot(std::string_view address, Verdict verdict, std::vector<std::string> names = {});
// A complete survey of such hosts; their names lead to them.
diff::SurveySnapshot survey_of(std::vector<diff::Snapshot> hosts);

}  // namespace edgesurvey::testing
