#include "cli/survey/survey_recorder.hpp"

#include <chrono>
#include <string>
#include <utility>

#include "cli/terminal/console.hpp"
#include "reports/files/report_error.hpp"

namespace edgesurvey {

SurveyRecorder::SurveyRecorder(JournalWriter& journal, bool log_probes,
                               std::function<void()> on_journal_failure)
    : journal_(journal), log_probes_(log_probes), on_journal_failure_(std::move(on_journal_failure)) {}

void SurveyRecorder::target_told(const Target& target, const TargetOutcome& outcome) {
  summary_.add_target();
  if (outcome.skipped) summary_.add_skipped(*outcome.skipped);
  write_journal([&] { journal_.target(target, outcome); });
}

void SurveyRecorder::host_judged(const HostReport& report) {
  summary_.add_host(report.judgement.verdict, ledger_of(report.evidence));
  log_debug(report.evidence.address.to_string() + ": " + std::string(to_string(report.judgement.verdict)) +
            " (" + std::string(to_string(report.judgement.reason)) + "), " +
            std::string(to_string(report.judgement.confidence)) + " confidence");
  write_journal([&] { journal_.host(report); });
}

void SurveyRecorder::probe_started(const StartProbe& start) {
  if (!log_probes_) return;
  log_debug(start.address.to_string() + " port " + std::to_string(start.probe.port) + ": " +
            std::string(to_string(start.probe.question)) + ", waits " +
            std::to_string(std::chrono::ceil<std::chrono::milliseconds>(start.probe.wait).count()) + " ms");
}

void SurveyRecorder::concurrency_lowered(std::size_t max_in_flight) {
  if (concurrency_told_ != 0 && max_in_flight >= concurrency_told_) return;
  concurrency_told_ = max_in_flight;
  log_warning("out of file descriptors: going on with at most " + std::to_string(max_in_flight) +
              " probes in flight");
}

// A journal that cannot be written ends the run: to go on would be to probe for nothing.
template <typename Write>
void SurveyRecorder::write_journal(Write write) {
  try {
    write();
  } catch (const WriteError& error) {
    if (std::exchange(journal_failed_, true)) return;
    log_error(std::string(error.what()) + ": stopping");
    on_journal_failure_();
  }
}

bool SurveyRecorder::complete() const {
  const ProbeLedger& probes = summary_.probes();
  return !journal_failed_ && probes.unknown == 0 && probes.not_run == 0 && probes.adds_up() &&
         summary_.skipped(SkipReason::dns_timeout) == 0 && summary_.skipped(SkipReason::dns_failure) == 0;
}

}  // namespace edgesurvey
