#include "cli/policy_verdict.hpp"

#include "cli/terminal/console.hpp"

namespace edgesurvey {

bool policy_is_broken(const ReportInput& input) {
  const auto& policy = *input.policy;
  if (input.survey.run().complete)
    for (const auto& note : policy.notes()) log_warning(note);
  return policy.count(Outcome::broken) > 0;
}

}  // namespace edgesurvey
