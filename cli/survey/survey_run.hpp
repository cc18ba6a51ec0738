// One survey under way: feed, schedule and engine on one io_context, and the journal they are told
// to.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "cli/options/options.hpp"
#include "cli/survey/inputs.hpp"
#include "cli/survey/target_feed.hpp"
#include "cli/survey/ticker.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/progress.hpp"
#include "reports/survey/journal.hpp"
#include "scanner/net/engine.hpp"
#include "scanner/net/interrupt.hpp"
#include "scanner/net/limits.hpp"
#include "scanner/schedule/schedule.hpp"

namespace edgesurvey {

class SurveyRun final : private EngineObserver {
 public:
  // All referred to must outlive the run. Throws WriteError when the journal cannot be begun,
  // std::runtime_error when the system refuses what a scan needs.
  SurveyRun(const ScanOptions& options, const Inputs& inputs, JournalWriter& journal, const RunFacts& facts,
            std::shared_ptr<StatusLine> status);

  // Returns when every host is judged, or soon after an interruption or when the journal can no longer be
  // written.
  void execute();

  bool was_interrupted() const { return interrupted_; }
  bool journal_failed() const { return journal_failed_; }
  // Every target was resolved and every probe run.
  bool complete() const;
  const SurveySummary& summary() const { return summary_; }

 private:
  void host_judged(const HostReport& report) override;
  void probe_started(const StartProbe& start) override;
  void probe_ended() override { ++progress_.probes; }
  void concurrency_lowered(std::size_t max_in_flight) override;

  void target_told(const Target& target, const TargetOutcome& outcome);
  template <typename Write>
  void write_journal(Write write);
  void run_to_the_end();
  void stop();
  void show_progress();
  void end();

  const ScanOptions& options_;
  JournalWriter& journal_;
  std::shared_ptr<StatusLine> status_;
  boost::asio::io_context context_;
  const DescriptorBudget descriptors_;  // after what is open already, before what it is for
  ProbePlan plan_;
  ScanRules rules_;
  Schedule schedule_;
  TargetFeed feed_;
  Engine engine_;
  InterruptWatch interrupt_;
  std::optional<Ticker> redrawing_;
  std::chrono::steady_clock::time_point started_;
  Progress progress_;
  SurveySummary summary_;
  std::size_t concurrency_told_ = 0;  // 0: nothing was said of it
  bool failed_ = false;
  bool interrupted_ = false;
  bool journal_failed_ = false;
};

}  // namespace edgesurvey
