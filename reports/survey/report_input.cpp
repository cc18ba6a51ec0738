#include "reports/survey/report_input.hpp"

#include <utility>

namespace edgesurvey {

ReportInput::ReportInput(const SurveySource& of, std::optional<Policy> given) : survey(of) {
  if (!given && of.recorded_policy() != nullptr) given = *of.recorded_policy();
  if (given) policy = std::make_shared<const JudgedPolicy>(of, std::move(*given));
}

}  // namespace edgesurvey
