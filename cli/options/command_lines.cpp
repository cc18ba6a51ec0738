#include "cli/options/command_lines.hpp"

#include "cli/options/common_options.hpp"
#include "reports/diff/diff_format.hpp"
#include "reports/format.hpp"
#include "reports/history/history_format.hpp"
#include "reports/remediation/remediation.hpp"

namespace edgesurvey {
namespace {

constexpr const char* a_survey = "A .json result, or the journal of a run; '-' is the standard input";

constexpr const char* report_footer =
    R"(Exit status:
  0    done
  1    the policy that was given (--policy or --fail-on) is broken
  2    usage or bad input, or a result that cannot be read; nothing was written
  4    a report, or the history, could not be written)";

constexpr const char* diff_footer =
    R"(What may have become of a host, most important first:
  newly-exposed   cls-exposed now; closed or media-range-open before
  worse           media-range-open now, closed before; or cls-exposed both
                  times, with further CLS ports open
  appeared        judged by NEW alone
  not-comparable  inconclusive in one of the two
  gone            judged by OLD alone
  better          cls-exposed before; media-range-open now, or fewer CLS ports
  fixed           cls-exposed or media-range-open before, closed now
  same            the same verdict

A host is an address. Where a name left addresses and has others now, one that
it left is compared with one that it gained.

Silence fits both 'fixed' and a perimeter, or an intrusion prevention system,
that now drops what comes from here.

Exit status:
  0    nothing is worse
  1    something is worse: newly-exposed, worse, or a finding on a host that
       appeared or was inconclusive before
  2    usage, or a survey that cannot be read; nothing was written
  4    a diff could not be written)";

constexpr const char* history_footer =
    R"(Exit status:
  0    done
  2    usage, a history that cannot be read, or a HOST that no run judged
  4    the trend or the timeline could not be written)";

constexpr const char* remediate_footer =
    R"(Without -o the script goes to the standard output.

Exit status:
  0    done, or no host is cls-exposed: nothing is written then
  2    usage, or a result that cannot be read; nothing was written
  4    the script or the note could not be written)";

template <typename Made>
void add_outputs(CLI::App& command, OutputOptions& output, Formats<Made> formats, const char* footer) {
  add_output_options(command, output, formats);
  command.footer(formats_of_output(known_endings(formats)) + "\n\n" + footer);
}

}  // namespace

void add_report_options(CLI::App& report, ReportOptions& options) {
  report.add_option("RESULT", options.result, a_survey)->required();
  add_policy_options(report, options.policy);
  add_outputs(report, options.output, report_formats(), report_footer);
  add_history_option(report, options.history);
}

void add_diff_options(CLI::App& diff, DiffOptions& options) {
  diff.add_option("OLD", options.before,
                  "The earlier survey: a .json result, or the journal of a run; '-' is the standard input")
      ->required();
  diff.add_option("NEW", options.now, "The later one, likewise; but only one of the two can be '-'")
      ->required();
  add_outputs(diff, options.output, diff::diff_formats(), diff_footer);
}

void add_history_options(CLI::App& history, HistoryOptions& options) {
  history.add_option("HOST", options.host, "A name or an address, for its timeline");
  add(history, "--history", options.history, "FILE",
      "The history (default: what EDGESURVEY_HISTORY in the environment names)")
      ->check(lasting_file)
      ->envname("EDGESURVEY_HISTORY");
  add_outputs(history, options.output, history_formats(), history_footer);
}

void add_remediate_options(CLI::App& remediate, RemediateOptions& options) {
  remediate.add_option("RESULT", options.result, a_survey)->required();
  add_outputs(remediate, options.output, remediation_formats(), remediate_footer);
}

}  // namespace edgesurvey
