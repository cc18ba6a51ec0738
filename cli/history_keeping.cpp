#include "cli/history_keeping.hpp"

#include <spdlog/spdlog.h>

#include <optional>
#include <stdexcept>

#include "reports/history/history_file.hpp"
#include "reports/history/schema.hpp"
#include "reports/history/trend.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

std::optional<Trend> read_trend(const std::string& history, const SurveySource& survey) {
  try {
    return trend_with(runs_so_far(history), record_of(survey));
  } catch (const std::runtime_error& error) {
    spdlog::error("{}: the reports show no trend", error.what());
    return std::nullopt;
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

bool write_and_keep(const Outputs& outputs, const SurveySource& survey, const std::string& history) {
  if (history.empty()) return outputs.write(survey);
  const auto trend = read_trend(history, survey);
  const bool written = trend ? outputs.write(SurveyWithTrend(survey, *trend)) : outputs.write(survey);
  return add(history, survey) && written;
}

}  // namespace edgesurvey
