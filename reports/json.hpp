// The whole result as JSON, schema "edgesurvey/1" (schema/edgesurvey-1.schema.json). A line a target and a
// line a host: the file greps, diffs and streams.
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

void write_json(const SurveySource& survey, std::ostream& out);

// One host a line, without the rest: for jq -c, log shippers and the like. With a policy each says what was
// decided of it (write_decision in policy_json.hpp).
void write_ndjson(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey
