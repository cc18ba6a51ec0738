#include "cli/policy_verdict.hpp"

#include <spdlog/spdlog.h>

#include "reports/survey/judged_policy.hpp"

namespace edgesurvey {

bool policy_is_broken(const SurveySource& survey) {
  const auto& policy = *survey.policy();
  if (survey.run().complete)
    for (const auto& note : policy.notes()) spdlog::warn("{}", note);
  return policy.count(Outcome::broken) > 0;
}

}  // namespace edgesurvey
