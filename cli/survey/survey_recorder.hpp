// What happens in a survey, as it happens: counted, written to the journal, and told on stderr.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "reports/survey/journal.hpp"
#include "scanner/net/engine.hpp"
#include "scanner/survey/survey.hpp"

namespace edgesurvey {

class SurveyRecorder final : public EngineObserver {
 public:
  // The journal must outlive this. log_probes: every one that starts. on_journal_failure: runs once, inside
  // whatever told us what could not be written.
  SurveyRecorder(JournalWriter& journal, bool log_probes, std::function<void()> on_journal_failure);

  void target_told(const Target& target, const TargetOutcome& outcome);
  void host_judged(const HostReport& report) override;
  void probe_started(const StartProbe& start) override;
  void probe_ended() override { ++probes_ended_; }
  void concurrency_lowered(std::size_t max_in_flight) override;

  const SurveySummary& summary() const { return summary_; }
  // Of hosts that are not judged yet, too.
  std::uint64_t probes_ended() const { return probes_ended_; }
  bool journal_failed() const { return journal_failed_; }
  // All of it is in the journal, every target was resolved and every probe run.
  bool complete() const;

 private:
  template <typename Write>
  void write_journal(Write write);

  JournalWriter& journal_;
  const bool log_probes_;
  const std::function<void()> on_journal_failure_;
  SurveySummary summary_;
  std::uint64_t probes_ended_ = 0;
  std::size_t concurrency_told_ = 0;  // 0: nothing was said of it
  bool journal_failed_ = false;
};

}  // namespace edgesurvey
