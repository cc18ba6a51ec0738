#include <spdlog/spdlog.h>

#include <iostream>
#include <optional>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "cli/history_keeping.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "cli/policy_input.hpp"
#include "cli/policy_verdict.hpp"
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
  std::optional<Policy> policy;
  try {
    if (!read_policy(options.policy, today(), policy)) {
      std::cerr << "edgesurvey: nothing was written: mend these lines first\n";
      return exit_usage;
    }
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return exit_usage;
  }
  try {
    const auto survey = open_survey(options.result);
    if (policy) survey->judge_by(std::move(*policy));
    if (!outputs->writable()) return exit_not_written;
    if (!write_and_keep(*outputs, *survey, options.history)) return exit_not_written;
    return options.policy.given() && policy_is_broken(*survey) ? exit_broken : exit_done;
  } catch (const ReadError& error) {
    spdlog::error("{}", error.what());
    return exit_usage;
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return exit_not_written;
  }
}

}  // namespace edgesurvey
