#include <algorithm>
#include <string>

#include "cli/commands.hpp"
#include "cli/free_path.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "cli/survey/input_file.hpp"
#include "cli/terminal/console.hpp"
#include "reports/remediation/remediation.hpp"
#include "reports/survey/open_survey.hpp"

namespace edgesurvey {
namespace {

OutputOptions output_or_stdout(OutputOptions output) {
  if (output.paths.empty()) output.paths = {"-"};
  return output;
}

// For the survey afterwards: over nothing that is there, nor over what the first one read or wrote.
std::string next_result(const std::string& result, const RunFacts& run) {
  return free_path("after", ".json", [&](const std::string& path) {
    const auto names_it = [&](const std::string& word) { return word.ends_with(path); };
    return names_it(result) || std::any_of(run.arguments.begin(), run.arguments.end(), names_it);
  });
}

}  // namespace

int run_remediate(const RemediateOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose > 0, nullptr);
  const Outputs<Remediation> outputs(output_or_stdout(options.output), remediation_formats());
  refuse_path_clashes(options);
  const auto survey = open_survey(options.result);
  const std::string result = is_standard_input(options.result) ? "" : options.result;
  const auto remediation = remediation_of(*survey, result, next_result(result, survey->run()));
  if (!remediation.run.complete)
    log_warning(input_in_words(options.result) + " is not complete: exposed hosts may be missing");
  if (remediation.exposed.empty()) {
    log_info("no host of " + input_in_words(options.result) +
             " is cls-exposed: there is nothing to remediate, and nothing was written");
    return exit_done;
  }
  return outputs.write(remediation) ? exit_done : exit_not_written;
}

}  // namespace edgesurvey
