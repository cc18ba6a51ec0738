#include <optional>

#include "cli/commands.hpp"
#include "cli/history_keeping.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "cli/policy_verdict.hpp"
#include "cli/survey/policy_input.hpp"
#include "cli/terminal/console.hpp"
#include "reports/format.hpp"
#include "reports/survey/open_survey.hpp"

namespace edgesurvey {

int run_report(const ReportOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose > 0, nullptr);
  const Outputs<ReportInput> outputs(options.output, report_formats());
  refuse_path_clashes(options);
  check_history(options.history);
  std::optional<Policy> policy;
  if (!read_policy(options.policy, today(), policy))
    throw UsageError("nothing was written: mend these lines first");
  const auto survey = open_survey(options.result);
  const ReportInput input(*survey, std::move(policy));
  if (!outputs.writable()) return exit_not_written;
  if (!write_and_keep(outputs, input, options.history)) return exit_not_written;
  return options.policy.given() && policy_is_broken(input) ? exit_broken : exit_done;
}

}  // namespace edgesurvey
