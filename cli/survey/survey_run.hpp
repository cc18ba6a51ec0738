// One survey under way: feed, schedule and engine on one io_context, and the recorder that they tell.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <optional>

#include "cli/options/options.hpp"
#include "cli/survey/inputs.hpp"
#include "cli/survey/progress_display.hpp"
#include "cli/survey/survey_recorder.hpp"
#include "cli/survey/target_feed.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/progress.hpp"
#include "reports/survey/journal.hpp"
#include "scanner/net/engine.hpp"
#include "scanner/net/interrupt.hpp"
#include "scanner/net/limits.hpp"
#include "scanner/schedule/schedule.hpp"
#include "scanner/time.hpp"

namespace edgesurvey {

class SurveyRun {
 public:
  // All referred to must outlive the run. Throws WriteError when the journal cannot be begun,
  // std::runtime_error when the system refuses what a scan needs.
  SurveyRun(const ScanOptions& options, const Inputs& inputs, JournalWriter& journal, const RunFacts& facts,
            std::shared_ptr<StatusLine> status);

  // Returns when every host is judged, or soon after an interruption or when the journal can no longer be
  // written.
  void execute();

  bool was_interrupted() const { return ending_ == Ending::interrupted; }
  bool journal_failed() const { return recorder_.journal_failed(); }
  // Every target was resolved and every probe run.
  bool complete() const { return ending_ == Ending::regular && recorder_.complete(); }
  const SurveySummary& summary() const { return recorder_.summary(); }

 private:
  enum class Ending : std::uint8_t {
    regular,      // every host was judged, or the journal could not be written
    interrupted,  // by a signal
    broken_off,   // by an exception
  };

  void run_to_the_end();
  void interrupt();
  void stop();
  void end();
  Progress progress(Duration elapsed) const;

  const ScanOptions& options_;
  const std::shared_ptr<StatusLine> status_;
  boost::asio::io_context context_;
  const DescriptorBudget descriptors_;  // after what is open already, before what it is for
  const ProbePlan plan_;
  const ScanRules rules_;
  SurveyRecorder recorder_;
  Schedule schedule_;
  TargetFeed feed_;
  Engine engine_;
  InterruptWatch interrupt_;
  std::optional<ProgressDisplay> display_;  // none: nobody wants to see it
  Ending ending_ = Ending::regular;
};

}  // namespace edgesurvey
