// The survey as a test run: every target and address is a test case of the policy.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "reports/survey/judged_policy.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

enum class CaseResult : std::uint8_t {
  passed,
  failure,  // looked, and the policy is broken
  error,    // could not look: our own failure, DNS out of order, interrupted
  skipped,  // waived; or not looked at on purpose, or nothing can be told: JUnit's "assumption failed"
};

struct JunitCase {
  const TargetRow& target;
  const HostReport* host;    // null if the target, or this address of it, was not judged
  const Decision* decision;  // null likewise
  std::string name;          // "sip.contoso.example 192.0.2.10"; the same in every run. Not escaped
  CaseResult result = CaseResult::passed;
  std::string_view type;  // the code of the reason: "cls-ports-open", "dns-timeout"; empty if passed
};

// In input order, a target's addresses one by one.
void for_each_junit_case(const SurveySource& survey, const JudgedPolicy& policy,
                         const std::function<void(const JunitCase&)>& use);

}  // namespace edgesurvey
