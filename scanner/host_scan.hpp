// The scan of one address as a state machine: what to ask next, what an answer makes worth asking again, and
// when nothing more can change the verdict. Pure: time comes in, probes come out.
//
//   first pass    every planned port once; silent services and CLS ports again (a lost SYN to 50002 matters)
//   second look   only if the range answered: controls and sample ports whose silence would now be evidence,
//   and a
//                 service port repeated for its RTT where refusals must be told apart
//   third look    refusals that came late among early ones: whose were they?
//   boundaries    where an opening of the range begins and ends, to the port
//   recheck       CLS ports that were open, watched; silent ones once more, now that time has passed
//   bracket       the port that answered first, once more: did the host stay with us to the end?
//   last look     only if it did and packets were lost on the way: silences that matter, once the spell is
//   over
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/pacer.hpp"
#include "scanner/plan.hpp"
#include "scanner/probe.hpp"
#include "scanner/rtt.hpp"

namespace edgesurvey {

struct ScanRules {
  double host_rate = 4;                  // SYNs/s to one host at most; 0: unpaced
  unsigned retries = 2;                  // further tries where silence would matter
  Duration longest_wait = one_syn_wait;  // --timeout: no answer is awaited longer
  bool whole_sample = false;             // ask all of it, though it could change nothing any more
  Duration retry_pause = std::chrono::milliseconds(300);  // losses come in bursts: let one pass
};

// Names one thing a host is asked, for as long as its scan lives.
using TaskId = std::uint32_t;

struct HostProbe {
  TaskId task = 0;
  Port port = 0;
  Technique technique = Technique::half_open;
  Duration wait{};    // SYN to answer
  unsigned syns = 1;  // how many the kernel may send in that time: what the pace is charged
};

class HostScan {
 public:
  // plan and rules must outlive the scan.
  HostScan(const Address& address, const ProbePlan& plan, const ScanRules& rules);

  // The earliest time at which start() may be called; Time::max() when only an answer can move the scan on.
  Time ready_at() const { return std::min(pressing_at(), patient_at()); }
  // The same, in two: of probes whose answers the host's next steps wait for, and of a sample that has been
  // answered or silent throughout so far, which a schedule may put off. start() takes the former first.
  Time pressing_at() const;
  Time patient_at() const;
  // The next probe. Precondition: ready_at() <= now.
  HostProbe start(Time now);
  // The probe started last was sent at `when`, which may be later than it was to be.
  void sent(Time when) { pacer_.left_at(when); }
  // The probe was never sent, for want of a descriptor: it comes again, and no attempt is counted.
  void give_back(TaskId task, Time now);
  void take(TaskId task, const ProbeOutcome& outcome, Time now);

  // Planned ports that have not had their first try, and are to have one.
  std::size_t unasked() const { return stopped_ ? 0 : plan_end_ - cursor_; }

  // Starts nothing more. Results of probes in flight are still taken.
  void stop();
  // Nothing in flight and nothing more to ask.
  bool finished() const { return in_flight_ == 0 && (phase_ == Phase::done || stopped_); }

  const Evidence& evidence() const { return evidence_; }
  const Address& address() const { return evidence_.address; }

 private:
  enum class Phase : std::uint8_t {
    first_pass,
    second_look,
    third_look,
    boundaries,
    recheck,
    bracket,
    last_look,
    done
  };
  struct Pending {
    Time not_before;
    TaskId task;
  };

  bool first_pass_open() const;
  bool sample_can_wait() const;
  TaskId next_task(Time now);
  bool repeat_is_due();
  TaskId next_repeat();
  std::uint32_t repeats_wanted() const;
  HostProbe probe_of(TaskId task) const;
  unsigned charge_for(const HostProbe& probe, Time now);
  Port port_asked_again(TaskId task) const;
  Recheck* recheck_of(TaskId task);

  void take_port(std::size_t index, const ProbeOutcome& outcome, Time now);
  void take_recheck(TaskId task, const ProbeOutcome& outcome, Time now);
  void learn_syn_ack(Duration rtt, bool of_service);
  bool worth_another_try(const PortEvidence& port) const;
  bool is_pending(TaskId task) const;
  void ask(TaskId task, Time not_before) { pending_.push_back({not_before, task}); }

  void advance(Time now);
  bool only_further_tries_are_left(Time now) const;
  void go_on_beside_them(Time now);
  bool sample_is_pointless() const;
  void leave_out_the_rest();
  void plan_second_look(Time now);
  void plan_third_look(Time now);
  void plan_boundaries(Time now);
  void plan_recheck(Time now);
  void plan_bracket(Time now);
  void plan_last_look(Time now);
  void confirm(Port port, Time not_before);

  const ProbePlan& plan_;
  const ScanRules& rules_;
  Evidence evidence_;
  Pacer pacer_;
  Time resends_until_{Time::min()};  // the kernel may still send SYNs of earlier probes till then
  unsigned syns_of_resent_ = 1;      // how many SYNs the longest of those probes has
  RttEstimator rtt_;
  Phase phase_ = Phase::first_pass;
  std::size_t cursor_ = 0;    // next port of the first pass
  std::size_t first_sample_;  // where in the plan the sample begins
  std::size_t plan_end_;      // where the first pass ends
  std::uint32_t in_flight_ = 0;
  std::uint32_t cls_unanswered_ = 0;  // CLS ports whose first try has not ended
  std::uint32_t repeats_asked_ = 0;   // of a service port, for its RTT
  std::size_t since_repeat_ = 0;      // sample ports since the last of those
  unsigned last_looks_ = 0;
  std::vector<Pending> pending_;
  // The port to bracket with: an open service if any, else what answered.
  std::optional<std::size_t> first_answer_;
  bool service_open_ = false;
  bool cls_open_ = false;
  bool sample_answered_ = false;  // any port of it
  bool sample_silent_ = false;    // likewise
  bool control_refused_ = false;
  bool stopped_ = false;
};

}  // namespace edgesurvey
