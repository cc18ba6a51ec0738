// One finding, and one target that was not looked at, as SARIF has them.
#pragma once

#include <string>
#include <vector>

#include "reports/formats/target_lines.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/survey/judged_policy.hpp"

namespace edgesurvey {

// Relative target files are relative to this (SARIF 3.14.14): the root of the checked-out sources.
inline constexpr std::string_view source_root = "SRCROOT";

// Text from outside as part of a SARIF message: printable, and nothing in it a placeholder (3.11.5) or a link
// (3.11.6).
std::string sarif_text(std::string_view untrusted);

// lines: those that led to the address, the first of them its place; none if no file named it. policy: null
// where there is none. What is waived becomes a suppressed result (3.27.23).
void write_sarif_result(JsonWriter& json, const HostReport& host, const std::vector<TargetLines::Line>& lines,
                        const JudgedPolicy* policy);

// Precondition: target.skipped.
void write_sarif_notification(JsonWriter& json, const TargetRow& target);

}  // namespace edgesurvey
