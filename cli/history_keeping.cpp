#include "cli/history_keeping.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <stdexcept>

#include "reports/history/history_file.hpp"
#include "reports/history/schema.hpp"
#include "reports/history/trend.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

void tell_trend(SurveySource& survey, const std::string& history) {
  try {
    survey.tell_trend(std::make_shared<Trend>(trend_with(runs_so_far(history), record_of(survey))));
  } catch (const std::runtime_error& error) {
    spdlog::error("{}: the reports show no trend", error.what());
  }
}

bool add(const std::string& history, const SurveySource& survey) {
  try {
    if (add_to_history(history, survey)) {
      spdlog::info("added the run to {}", printable(history));
    } else {
      spdlog::info("{} has this run already", printable(history));
    }
    return true;
  } catch (const std::runtime_error& error) {
    spdlog::error("{}: the history lacks this run; edgesurvey report RESULT --history adds it later",
                  error.what());
    return false;
  }
}

}  // namespace

bool may_keep_history(const std::string& history) {
  if (history.empty()) return true;
  try {
    look_at_history(history);
    return true;
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return false;
  }
}

bool write_and_keep(const Outputs& outputs, SurveySource& survey, const std::string& history) {
  if (history.empty()) return outputs.write(survey);
  tell_trend(survey, history);
  const bool written = outputs.write(survey);
  return add(history, survey) && written;
}

}  // namespace edgesurvey
