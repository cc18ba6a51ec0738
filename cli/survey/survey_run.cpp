#include "cli/survey/survey_run.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <exception>
#include <string>
#include <utility>

#include "cli/survey/estimate.hpp"
#include "cli/terminal/console.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

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
      status_(std::move(status)),
      descriptors_(affordable(options, inputs.targets)),
      plan_(options.sample, facts.seed),
      rules_{.host_rate = options.pace.host_rate,
             .retries = options.retries,
             .timeout = options.timeout,
             .patience = options.patience,
             .whole_sample = options.sample >= whole_range},
      recorder_(journal, options.output.verbose >= 2,
                [this] { boost::asio::post(context_, [this] { stop(); }); }),
      schedule_(plan_, rules_, {.rate = options.pace.rate}, descriptors_.max_in_flight),
      feed_(context_, inputs.targets, inputs.scope, with_lookups(options.dns, descriptors_.lookups),
            [this](const Target& target, const TargetOutcome& outcome) {
              recorder_.target_told(target, outcome);
            }),
      engine_(context_, schedule_, feed_, recorder_, {}, [this] { end(); }),
      interrupt_(context_, [this] { interrupt(); }) {}

void SurveyRun::execute() {
  const auto started = std::chrono::steady_clock::now();
  feed_.start([this] { engine_.hosts_available(); });
  if (const auto room = conntrack_room()) {
    const auto unanswered = planned_probes(feed_.expected_hosts(), plan_);
    if (const auto warning = conntrack_warning(*room, options_.pace.rate, unanswered)) log_warning(*warning);
  }
  engine_.start();
  if (options_.progress)
    display_.emplace(context_, *status_,
                     [this, started] { return progress(std::chrono::steady_clock::now() - started); });
  run_to_the_end();
  if (status_) status_->clear();
}

// Whatever goes wrong here, what was judged before is in the journal, and the reports are still made of it.
void SurveyRun::run_to_the_end() {
  try {
    context_.run();
  } catch (const std::exception& error) {
    if (ending_ == Ending::regular) ending_ = Ending::broken_off;
    log_error("the survey broke off: " + printable(error.what()));
  }
}

void SurveyRun::interrupt() {
  ending_ = Ending::interrupted;
  log_warning("interrupted: writing what is known; once more to leave at once");
  stop();
}

void SurveyRun::stop() {
  feed_.stop();
  engine_.stop();
}

void SurveyRun::end() {
  if (display_) display_->stop();
  interrupt_.cancel();
}

Progress SurveyRun::progress(Duration elapsed) const {
  const SurveySummary& summary = recorder_.summary();
  const std::uint64_t hosts = feed_.expected_hosts();
  return {.hosts_done = summary.addresses(),
          .hosts_expected = hosts,
          .probes = recorder_.probes_ended(),
          .probes_of_done = summary.probes().attempts,
          .probes_a_host = probes_a_host(plan_),
          .exposed = summary.count(Verdict::cls_exposed),
          .elapsed = elapsed,
          .estimate = estimate_survey(hosts, plan_, options_.pace, options_.timeout)};
}

}  // namespace edgesurvey
