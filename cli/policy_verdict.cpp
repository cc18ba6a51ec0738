#include "cli/policy_verdict.hpp"

#include <spdlog/spdlog.h>

namespace edgesurvey {

bool policy_is_broken(const ReportInput& input) {
  const auto& policy = *input.policy;
  if (input.survey.run().complete)
    for (const auto& note : policy.notes()) spdlog::warn("{}", note);
  return policy.count(Outcome::broken) > 0;
}

}  // namespace edgesurvey
