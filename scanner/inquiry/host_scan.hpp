// The scan of one address as a state machine: what to ask next and when, and when nothing more can change the
// verdict. Pure: time comes in, probes come out. FirstPass asks every planned port once, at the host's pace,
// services and CLS ports are asked again where they stay silent (a lost SYN to 50002 matters), and FollowUp
// says what else is worth asking.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "scanner/inquiry/agenda.hpp"
#include "scanner/evidence.hpp"
#include "scanner/inquiry/first_pass.hpp"
#include "scanner/inquiry/follow_up.hpp"
#include "scanner/inquiry/in_flight.hpp"
#include "scanner/pacer.hpp"
#include "scanner/plan.hpp"
#include "scanner/probe.hpp"
#include "scanner/inquiry/rtt.hpp"
#include "scanner/inquiry/scan_rules.hpp"
#include "scanner/inquiry/task.hpp"
#include "scanner/inquiry/word_tries.hpp"

namespace edgesurvey {

struct HostProbe {
  TaskId task = 0;
  TryId id = 0;  // of the try: what its result is to be brought back with
  Port port = 0;
  Technique technique = Technique::half_open;
  Duration wait{};    // SYN to answer
  unsigned syns = 1;  // how many the kernel may send in that time: what the pace is charged
};

class HostScan {
 public:
  // plan and rules must outlive the scan.
  HostScan(const Address& address, const ProbePlan& plan, const ScanRules& rules);
  HostScan(const HostScan&) = delete;  // its follow-up refers to its evidence
  HostScan& operator=(const HostScan&) = delete;

  // The earliest time at which start() may be called; Time::max() when only an answer can move the scan on.
  Time ready_at() const { return std::min(pressing_at(), patient_at()); }
  // The same, in two: of probes whose answers the host's next steps wait for, and of a sample that has been
  // answered or silent throughout so far, which a schedule may put off. start() takes the former first.
  Time pressing_at() const;
  Time patient_at() const;
  // When silences will be late that something may follow on, though no answer comes: time for look(), which
  // may be called sooner or later. Time::max() when there are none.
  Time look_at() const { return look_at_; }
  void look(Time now);
  // The next probe. Precondition: ready_at() <= now.
  HostProbe start(Time now);
  // The probe started last was sent at `when`, which may be later than it was to be.
  void sent(Time when) { pacer_.left_at(when); }
  // The probe was never sent, for want of a descriptor: it comes again, and no attempt is counted.
  void give_back(TryId id, Time now);
  void take(TryId id, const ProbeOutcome& outcome, Time now);
  // Whether the survey soon waits for this host alone, or for few more: then it is rather asked more ports
  // than waited for. True until told otherwise.
  void hurry(bool in_haste) { in_haste_ = in_haste; }

  // Planned ports that have not had their first try, and are to have one.
  std::size_t unasked() const { return stopped_ ? 0 : first_pass_.unasked(); }

  // How long an answer of the host takes, as far as is known.
  Duration expected_rtt() const { return rtt_.expected(); }
  // Starts nothing more. Results of probes in flight are still taken.
  void stop();
  // Nothing in flight and nothing more to ask.
  bool finished() const { return in_flight_.none() && (follow_up_.done() || stopped_); }

  const Evidence& evidence() const { return evidence_; }
  const Address& address() const { return evidence_.address; }

 private:
  void plan_look(Time now);
  TaskId next_task(Time now);
  HostProbe probe_of(TaskId task);
  unsigned count_try(TaskId task, Time now);
  unsigned charge_for(const HostProbe& probe, Time now);
  Port port_of(TaskId task) const;
  bool follows_long_waits(TaskId task);
  Recheck* recheck_of(TaskId task);

  void take_port(std::size_t index, unsigned number, const ProbeOutcome& outcome, Time now);
  void take_recheck(TaskId task, unsigned number, const ProbeOutcome& outcome);
  void take_answer(std::size_t index, const ProbeOutcome& outcome);
  void learn_syn_ack(Duration rtt, bool of_service);
  void hasten_second_tries();
  bool worth_a_try_beside(const PortEvidence& port) const;
  bool is_tried_on(const PortEvidence& port) const;
  bool worth_another_try(const PortEvidence& port) const;
  void go_on(Time now);

  const ScanRules& rules_;
  Evidence evidence_;
  Agenda agenda_;
  InFlight in_flight_;
  FirstPass first_pass_;
  FollowUp follow_up_;
  Pacer pacer_;
  Time look_at_{Time::max()};
  Time resends_until_{Time::min()};  // the kernel may still send SYNs of earlier probes till then
  unsigned syns_of_resent_ = 1;      // how many SYNs the longest of those probes has
  RttEstimator rtt_;
  WordTries words_;
  std::optional<Duration> nearest_;  // of the host's answers, see nearest_from_host()
  bool service_open_ = false;
  bool rests_on_controls_ = false;  // something in the range answered that means nothing without them
  bool in_haste_ = true;
  bool stopped_ = false;
};

}  // namespace edgesurvey
