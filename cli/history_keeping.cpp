#include "cli/history_keeping.hpp"
#include "cli/terminal/console.hpp"

#include <memory>
#include <stdexcept>

#include "reports/history/history_file.hpp"
#include "reports/history/schema.hpp"
#include "reports/history/trend.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

void add_trend(ReportInput& input, const std::string& history) {
  try {
    input.trend = std::make_shared<Trend>(trend_with(runs_so_far(history), record_of(input.survey)));
  } catch (const std::runtime_error& error) {
    log_error(std::string(error.what()) + ": the reports show no trend");
  }
}

bool add(const std::string& history, const SurveySource& survey) {
  try {
    if (add_to_history(history, survey)) {
      log_info("added the run to " + printable(history));
    } else {
      log_info(printable(history) + " has this run already");
    }
    return true;
  } catch (const std::runtime_error& error) {
    log_error(std::string(error.what()) +
              ": the history lacks this run; edgesurvey report RESULT --history adds it later");
    return false;
  }
}

bool write(const Outputs<ReportInput>& outputs, const ReportInput& input) {
  const bool shown =
      outputs.show([&](std::ostream& out, const TableOptions& options) { write_table(input, out, options); });
  return outputs.write(input) && shown;
}

}  // namespace

void check_history(const std::string& history) {
  if (!history.empty()) look_at_history(history);
}

bool write_and_keep(const Outputs<ReportInput>& outputs, ReportInput input, const std::string& history) {
  if (history.empty()) return write(outputs, input);
  add_trend(input, history);
  const bool written = write(outputs, input);
  return add(history, input.survey) && written;
}

}  // namespace edgesurvey
