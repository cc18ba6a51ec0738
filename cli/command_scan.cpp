#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "cli/baseline.hpp"
#include "cli/commands.hpp"
#include "cli/free_path.hpp"
#include "cli/history_keeping.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "cli/policy_verdict.hpp"
#include "cli/survey/dry_run.hpp"
#include "cli/survey/inputs.hpp"
#include "cli/survey/policy_input.hpp"
#include "cli/survey/survey_run.hpp"
#include "cli/terminal/console.hpp"
#include "reports/files/report_error.hpp"
#include "reports/format.hpp"
#include "reports/survey/journal.hpp"
#include "reports/text/numbers.hpp"
#include "scanner/net/limits.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

WallTime wall_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string this_host() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return "unknown";
  return printable(name.data());
}

RunFacts facts_of(const ScanOptions& options) {
  RunFacts facts;
  facts.tool_version = program_version();
  facts.started = wall_now();
  facts.arguments = options.arguments;
  facts.seed = options.seed;
  facts.pace = options.pace.name;
  facts.rate = options.pace.rate;
  facts.host_rate = options.pace.host_rate;
  facts.vantage = options.vantage.empty() ? this_host() : options.vantage;
  return facts;
}

// Beside the result; never one that is there already, for it is all that an earlier run left.
std::string free_journal_path(const std::string& result) {
  const std::string first = result + ".journal";
  std::string path = free_path(result, ".journal");
  if (path != first)
    log_warning(printable(first) + " is left from an earlier run: edgesurvey report " + printable(first) +
                " -o ... makes its reports");
  return path;
}

// The run's journal. One of our own making lies beside the first result and goes when all results are
// written; until then, whatever happens to us or the disk, what was judged is in it.
class RunJournal {
 public:
  // policy: null for none.
  RunJournal(const ScanOptions& options, const std::string& first_file, const RunFacts& facts,
             const Policy* policy)
      : keep_(!options.journal.empty()),
        path_(keep_ ? options.journal : first_file),
        writer_(open(facts, policy)) {}

  // Of a run that never began nothing is worth keeping.
  ~RunJournal() {
    if (!begun_) results_written();
  }
  RunJournal(const RunJournal&) = delete;
  RunJournal& operator=(const RunJournal&) = delete;

  JournalWriter& writer() { return writer_; }

  void begun() { begun_ = true; }
  void results_written() {
    if (!keep_ && !path_.empty()) std::remove(path_.c_str());
  }
  void results_missing() const {
    if (!path_.empty())
      log_error("the run is kept in " + printable(path_) + ": edgesurvey report " + printable(path_) +
                " -o ...");
  }

 private:
  JournalWriter open(const RunFacts& facts, const Policy* policy) {
    if (path_.empty()) return JournalWriter::temporary(facts, policy);
    if (!keep_) path_ = free_journal_path(path_);
    return JournalWriter(path_, facts, policy);
  }

  bool keep_;
  std::string path_;
  JournalWriter writer_;
  bool begun_ = false;
};

// A slip in the scope or in the name server's address must not look like a survey that found nothing.
void warn_if_nothing_was_probed(const SurveyRun& run) {
  const SurveySummary& summary = run.summary();
  if (run.was_interrupted() || summary.skipped() == 0 || summary.skipped() < summary.targets()) return;
  log_warning("no address was probed: " + counted(summary.skipped(), "target was", "targets were") +
              " skipped");
}

int exit_status(const SurveyRun& run, bool written, bool broken) {
  if (!written) return exit_not_written;
  if (run.was_interrupted()) return exit_interrupted;
  if (broken) return exit_broken;
  return run.complete() ? exit_done : exit_incomplete;
}

int scan(const ScanOptions& options, const Inputs& inputs, const Outputs<ReportInput>& outputs,
         std::optional<diff::SurveySnapshot> baseline, const std::shared_ptr<StatusLine>& status) {
  RunFacts facts = facts_of(options);
  RunJournal journal(options, outputs.first_file(), facts, inputs.policy ? &*inputs.policy : nullptr);
  SurveyRun run(options, inputs, journal.writer(), facts, status);
  journal.begun();
  run.execute();
  warn_if_nothing_was_probed(run);
  facts.finished = wall_now();
  facts.complete = run.complete();
  bool written = !run.journal_failed();
  bool broken = false;
  try {
    journal.writer().finish(facts);
    const JournalSource survey(journal.writer());
    const ReportInput input(survey);
    written = write_and_keep(outputs, input, options.history) && written;
    broken = inputs.policy && policy_is_broken(input);
    if (baseline) {
      const Compared compared = compare_with_baseline(std::move(*baseline), survey, outputs);
      broken = broken || (options.fail_on_worse && compared.worse > 0);
      written = compared.shown && written;
    }
  } catch (const std::runtime_error& error) {
    log_error(error.what());
    written = false;
  }
  written ? journal.results_written() : journal.results_missing();
  return exit_status(run, written, broken);
}

std::optional<diff::SurveySnapshot> read_baseline(const std::string& path) {
  if (path.empty()) return std::nullopt;
  try {
    return read_snapshot(path);
  } catch (const ReadError& error) {
    throw ReadError(error.what() + std::string(": nothing was probed"));
  }
}

}  // namespace

int run_scan(const ScanOptions& options) {
  const auto status = std::make_shared<StatusLine>(options.progress);
  set_up_logging(options.output.quiet, options.output.verbose > 0, status);
  const Outputs<ReportInput> outputs(options.output, report_formats());
  refuse_path_clashes(options);
  const auto inputs = read_inputs(options, today());
  if (!inputs) return exit_usage;
  auto baseline = read_baseline(options.baseline);
  check_history(options.history);
  if (options.dry_run) return run_dry(options, *inputs);
  if (const auto shortage = descriptor_shortage(inputs->targets.names() > 0)) {
    log_error(*shortage);
    return exit_incomplete;
  }
  if (!outputs.writable()) return exit_not_written;
  try {
    return scan(options, *inputs, outputs, std::move(baseline), status);
  } catch (const WriteError& error) {
    log_error(std::string(error.what()) + ": nothing was probed");
    return exit_not_written;
  } catch (const std::runtime_error& error) {
    log_error(error.what());
    return exit_incomplete;
  }
}

}  // namespace edgesurvey
