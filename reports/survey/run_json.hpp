// The parts of a result that are not hosts: the tool, the run, the targets, the summary.
#pragma once

#include <string>

#include "reports/json/json_cursor.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

inline constexpr std::string_view schema_name = "edgesurvey/1";

// {"name":"edgesurvey","version":"0.1.0"}
void write_tool(JsonWriter& json, const RunFacts& run);
// Everything in RunFacts but the tool's version.
void write_run(JsonWriter& json, const RunFacts& run);
void write_target(JsonWriter& json, const TargetRow& target);
// A member of the summary's verdicts: "cls-exposed": {count, share, ci95}
void write_share(JsonWriter& json, Verdict verdict, std::uint64_t count, const Interval& share);
void write_summary(JsonWriter& json, const SurveySummary& summary);

RunFacts read_run(const JsonCursor& tool, const JsonCursor& run);
// Its verdict is not read: it follows from the hosts.
TargetRow read_target(const JsonCursor& target);
// Throws ReadError where the summary says something else than what the targets and hosts add up to.
void check_summary(const JsonCursor& summary, const SurveySummary& counted);

}  // namespace edgesurvey
