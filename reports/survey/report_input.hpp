// All that the reports of a survey are made from.
#pragma once

#include <memory>
#include <optional>

#include "reports/survey/judged_policy.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

struct Trend;  // history/trend.hpp: known to whoever keeps a history and to the HTML page

struct ReportInput {
  // A survey alone stands for itself with the policy that its run was judged by, if any; given: what its
  // hosts are judged by instead. The survey must outlive this and all its copies. Goes through the summaries
  // of the hosts where there is a policy; may throw ReadError.
  ReportInput(const SurveySource& of, std::optional<Policy> given = std::nullopt);

  const SurveySource& survey;
  std::shared_ptr<const JudgedPolicy> policy;  // null: the hosts are judged by none
  std::shared_ptr<const Trend> trend;  // how the survey went from run to run; null: no history is kept
};

}  // namespace edgesurvey
