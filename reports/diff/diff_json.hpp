// All that changed and all that did not, as JSON: schema "edgesurvey-diff/1"
// (schema/edgesurvey-diff-1.schema.json). A line a host.
#pragma once

#include <iosfwd>
#include <string_view>

#include "reports/diff/survey_diff.hpp"

namespace edgesurvey::diff {

inline constexpr std::string_view diff_schema_name = "edgesurvey-diff/1";

void write_json(const SurveyDiff& diff, std::ostream& out);

}  // namespace edgesurvey::diff
