#include <spdlog/spdlog.h>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "cli/history_keeping.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "reports/open_survey.hpp"
#include "reports/report_error.hpp"

namespace edgesurvey {

int run_report(const ReportOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose, nullptr);
  const auto outputs = Outputs::parse(options.output);
  if (!outputs) return exit_usage;
  if (const auto clash = path_clash(options)) {
    spdlog::error("{}", *clash);
    return exit_usage;
  }
  if (!may_keep_history(options.history)) return exit_usage;
  try {
    const auto survey = open_survey(options.result);
    if (!outputs->writable()) return exit_not_written;
    return write_and_keep(*outputs, *survey, options.history) ? exit_done : exit_not_written;
  } catch (const ReadError& error) {
    spdlog::error("{}", error.what());
    return exit_usage;
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return exit_not_written;
  }
}

}  // namespace edgesurvey
