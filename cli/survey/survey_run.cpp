#include "cli/survey/survey_run.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "cli/survey/estimate.hpp"
#include "cli/terminal/console.hpp"
#include "reports/files/report_error.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

// A terminal is redrawn often; a log gets a line now and then.
constexpr std::chrono::milliseconds redraw_every{200};
constexpr std::chrono::milliseconds log_every{10'000};

DescriptorBudget affordable(const ScanOptions& options, const TargetStore& targets) {
  const DescriptorBudget budget =
      raise_descriptor_limit(options.max_in_flight, std::min(options.dns.max_in_flight, targets.names()));
  if (budget.max_in_flight < options.max_in_flight)
    log_debug(std::to_string(budget.max_in_flight) + " probes in flight at most, and " +
              std::to_string(budget.lookups) + " lookups: the limit of open files is " +
              std::to_string(budget.soft_limit));
  return budget;
}

ResolverOptions with_lookups(ResolverOptions options, std::size_t at_once) {
  options.max_in_flight = at_once;
  return options;
}

}  // namespace

SurveyRun::SurveyRun(const ScanOptions& options, const Inputs& inputs, JournalWriter& journal,
                     const RunFacts& facts, std::shared_ptr<StatusLine> status)
    : options_(options),
      journal_(journal),
      status_(std::move(status)),
      descriptors_(affordable(options, inputs.targets)),
      plan_(options.sample, facts.seed),
      rules_{.host_rate = options.pace.host_rate,
             .retries = options.retries,
             .timeout = options.timeout,
             .patience = options.patience,
             .whole_sample = options.sample >= whole_range},
      schedule_(plan_, rules_, {.rate = options.pace.rate}, descriptors_.max_in_flight),
      feed_(context_, inputs.targets, inputs.scope, with_lookups(options.dns, descriptors_.lookups),
            [this](const Target& target, const TargetOutcome& outcome) { target_told(target, outcome); }),
      engine_(context_, schedule_, feed_, *this, {}, [this] { end(); }),
      interrupt_(context_, [this] {
        interrupted_ = true;
        log_warning("interrupted: writing what is known; once more to leave at once");
        stop();
      }) {
  progress_.probes_a_host = probes_a_host(plan_);
}

void SurveyRun::execute() {
  started_ = std::chrono::steady_clock::now();
  feed_.start([this] { engine_.hosts_available(); });
  if (const auto room = conntrack_room()) {
    const auto unanswered = planned_probes(feed_.expected_hosts(), plan_);
    if (const auto warning = conntrack_warning(*room, options_.pace.rate, unanswered)) log_warning(*warning);
  }
  engine_.start();
  if (options_.progress) {
    show_progress();
    redrawing_.emplace(context_, status_->on_terminal() ? redraw_every : log_every,
                       [this] { show_progress(); });
  }
  run_to_the_end();
  if (status_) status_->clear();
}

// Whatever goes wrong here, what was judged before is in the journal, and the reports are still made of it.
void SurveyRun::run_to_the_end() {
  try {
    context_.run();
  } catch (const std::exception& error) {
    failed_ = true;
    log_error("the survey broke off: " + printable(error.what()));
  }
}

void SurveyRun::host_judged(const HostReport& report) {
  const ProbeLedger ledger = ledger_of(report.evidence);
  summary_.add_host(report.judgement.verdict, ledger);
  ++progress_.hosts_done;
  progress_.probes_of_done = summary_.probes().attempts;
  if (report.judgement.verdict == Verdict::cls_exposed) ++progress_.exposed;
  log_debug(report.evidence.address.to_string() + ": " + std::string(to_string(report.judgement.verdict)) +
            " (" + std::string(to_string(report.judgement.reason)) + "), " +
            std::string(to_string(report.judgement.confidence)) + " confidence");
  write_journal([&] { journal_.host(report); });
}

void SurveyRun::probe_started(const StartProbe& start) {
  if (options_.output.verbose < 2) return;
  log_debug(start.address.to_string() + " port " + std::to_string(start.probe.port) + ": " +
            std::string(to_string(start.probe.question)) + ", waits " +
            std::to_string(std::chrono::ceil<std::chrono::milliseconds>(start.probe.wait).count()) + " ms");
}

void SurveyRun::target_told(const Target& target, const TargetOutcome& outcome) {
  summary_.add_target();
  if (outcome.skipped) summary_.add_skipped(*outcome.skipped);
  write_journal([&] { journal_.target(target, outcome); });
}

// A journal that cannot be written ends the run: to go on would be to probe for nothing.
template <typename Write>
void SurveyRun::write_journal(Write write) {
  try {
    write();
  } catch (const WriteError& error) {
    if (std::exchange(journal_failed_, true)) return;
    log_error(std::string(error.what()) + ": stopping");
    boost::asio::post(context_, [this] { stop(); });
  }
}

void SurveyRun::concurrency_lowered(std::size_t max_in_flight) {
  if (concurrency_told_ != 0 && max_in_flight >= concurrency_told_) return;
  concurrency_told_ = max_in_flight;
  log_warning("out of file descriptors: going on with at most " + std::to_string(max_in_flight) +
              " probes in flight");
}

void SurveyRun::stop() {
  feed_.stop();
  engine_.stop();
}

void SurveyRun::show_progress() {
  progress_.elapsed = std::chrono::steady_clock::now() - started_;
  progress_.hosts_expected = feed_.expected_hosts();
  progress_.estimate = estimate_survey(progress_.hosts_expected, plan_, options_.pace, options_.timeout);
  if (status_->on_terminal())
    status_->draw(progress_line(progress_, status_->width()));
  else if (progress_.elapsed >= log_every)
    log_info(progress_line(progress_, std::string::npos));
}

void SurveyRun::end() {
  if (redrawing_) redrawing_->stop();
  interrupt_.cancel();
}

bool SurveyRun::complete() const {
  const ProbeLedger& probes = summary_.probes();
  return !failed_ && !interrupted_ && !journal_failed_ && probes.unknown == 0 && probes.not_run == 0 &&
         probes.adds_up() && summary_.skipped(SkipReason::dns_timeout) == 0 &&
         summary_.skipped(SkipReason::dns_failure) == 0;
}

}  // namespace edgesurvey
