#include <spdlog/spdlog.h>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "cli/outputs.hpp"
#include "reports/open_survey.hpp"
#include "reports/report_error.hpp"

namespace edgesurvey {

int run_report(const ReportOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose, nullptr);
  const auto outputs = Outputs::parse(options.output);
  if (!outputs) return exit_usage;
  try {
    const auto survey = open_survey(options.result);
    if (!outputs->writable()) return exit_not_written;
    return outputs->write(*survey) ? exit_done : exit_not_written;
  } catch (const ReadError& error) {
    spdlog::error("{}", error.what());
    return exit_usage;
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return exit_not_written;
  }
}

}  // namespace edgesurvey
