// The scan of one address: what to ask next and when, derived at each step from the log of what was asked.
// Pure: time comes in, probes come out.
#pragma once

#include <cstddef>
#include <optional>

#include "scanner/host_pacer.hpp"
#include "scanner/inquiry/attempt_log.hpp"
#include "scanner/inquiry/observed.hpp"
#include "scanner/inquiry/scan_rules.hpp"
#include "scanner/plan.hpp"
#include "scanner/probe.hpp"

namespace edgesurvey {

struct HostProbe {
  AttemptId id = 0;  // what its result is to be brought back with
  QuestionId question = QuestionId::service;
  Port port = 0;
  Technique technique = Technique::half_open;
  Duration wait{};    // SYN to answer
  unsigned syns = 1;  // how many the kernel may send in that time
};

class HostScan {
 public:
  // plan and rules must outlive the scan.
  HostScan(const Address& address, const ProbePlan& plan, const ScanRules& rules);

  // The earliest time at which start() may have a probe; Time::max() when only an answer can move the scan
  // on.
  Time ready_at() const { return std::min(pressing_at(), patient_at()); }
  // The same, in two: of probes whose answers the host's next steps wait for, and of those that a schedule
  // may put off. start() takes the former first.
  Time pressing_at() const { return stopped_ ? Time::max() : next_.pressing.at; }
  Time patient_at() const { return stopped_ ? Time::max() : next_.patient.at; }
  // When silences will be late that something may follow on, though no answer comes: time for look(), which
  // may be called sooner or later. Time::max() when there are none.
  Time look_at() const { return stopped_ || next_.wants_now ? Time::max() : next_.late_at; }
  void look(Time now) { derive(now); }
  // The next probe; nullopt when by now nothing is wanted before ready_at().
  std::optional<HostProbe> start(Time now);
  // The probe started last was sent at `when`, which may be later than it was to be.
  void on_sent(Time when) { pacer_.left_at(when); }
  // The probe was never sent, for want of a descriptor: what asked for it asks again, and no attempt is
  // counted.
  void return_unsent(AttemptId id, Time now);
  void on_result(AttemptId id, const ProbeOutcome& outcome, Time now);
  // Whether the survey soon waits for this host alone, or for few more: then it is rather asked more ports
  // than waited for. True until told otherwise.
  void favour_latency(bool favour) { favour_latency_ = favour; }

  // Planned ports that have not had their first attempt, and are to have one.
  std::size_t unasked() const { return stopped_ ? 0 : next_.unasked; }
  // How long an answer of the host takes, as far as is known.
  Duration expected_rtt() const { return log_.rtt().expected(); }
  // Starts nothing more. Results of probes in flight are still taken.
  void stop(Time now);
  // Nothing in flight and nothing more to ask.
  bool finished() const { return log_.in_flight() == 0 && (stopped_ || !next_.any()); }

  // Whole once finished.
  const Evidence& evidence() const { return log_.evidence(); }
  const AttemptLog& log() const { return log_; }
  const Address& address() const { return evidence().address; }

 private:
  struct Due {
    const Question* question = nullptr;
    Want want;
    Time at = Time::max();
  };
  // What the questions want, at the time when they were asked.
  struct Next {
    Due pressing;
    Due patient;
    bool wants_now = false;      // a port is wanted by now, if not at the host's pace
    Time late_at = Time::max();  // when an answer will be late: then what is wanted may change by itself
    std::size_t unasked = 0;

    bool any() const { return pressing.question != nullptr || patient.question != nullptr; }
  };

  void derive(Time now);
  void consider(const Question& question, const Want& want, Time now);
  Duration wait_for(const Question& question, const Want& want) const;

  const ScanRules& rules_;
  const ProbePlan& plan_;
  AttemptLog log_;
  HostPacer pacer_;
  Next next_;  // derived from the log
  bool favour_latency_ = true;
  bool stopping_ = false;  // nothing more is to be started: whatever is wanted cuts the scan short
  bool stopped_ = false;   // nothing is wanted any more
};

}  // namespace edgesurvey
