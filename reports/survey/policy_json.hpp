// The policy a run was judged by, as JSON: in a journal the policy alone, in a result with what it decided.
//
// A reader decides again: the decisions stand in a result for whoever reads it with jq.
#pragma once

#include <iosfwd>

#include "policy/policy.hpp"
#include "reports/json/json_cursor.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/survey/judged_policy.hpp"

namespace edgesurvey {

void write_policy(JsonWriter& json, const Policy& policy);

// The object under "policy" of a result. Of its hosts only those that the policy says something of: all but
// those of which no expectation speaks and whose verdict fails nothing.
void write_judged_policy(const SurveySource& survey, const JudgedPolicy& judged, std::ostream& out);

// Members for an object that stands alone, away from the policy: policy, the outcome; expected, the verdicts
// of the expectation that counts; waived, {owner, reason, expires}. The latter two are null where there is
// none.
void write_decision(JsonWriter& json, const Decision& decision);

// Throws ReadError.
Policy read_policy(const JsonCursor& json);

}  // namespace edgesurvey
