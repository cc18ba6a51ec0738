// Which probe goes next over all hosts, and when. The engine asks next() and does what it says; everything
// that happened comes back through admit(), on_result() and return_unsent(). Pure: a survey of a million
// hosts runs in virtual time.
//
// What others wait for (services, retries, boundaries, rechecks) goes first; a sample that is silent
// throughout, or answered throughout, fills what the pace leaves. Hosts are admitted while the samples held
// back are fewer than the pace sends in the time a host may need for itself (see reserve_of): so the survey
// does not end with a few hosts waiting for one answer after another and nothing to send meanwhile, and its
// memory does not grow with its targets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <variant>

#include "scanner/inquiry/host_scan.hpp"
#include "scanner/schedule/flight_limit.hpp"
#include "scanner/schedule/host_lanes.hpp"
#include "scanner/schedule/survey_pacer.hpp"

namespace edgesurvey {

// What the engine is to do now.
struct StartProbe {
  ProbeTicket ticket = 0;
  Address address;
  HostProbe probe;
};
struct AdmitHost {};  // call admit(), no_host_yet() or no_more_hosts()
struct HostFinished {
  Evidence evidence;
};
struct WaitUntil {
  Time time;  // or until a result comes; Time::max(): only a result (or a new host) can move the scan on
};
struct Finished {};
using Step = std::variant<StartProbe, AdmitHost, HostFinished, WaitUntil, Finished>;

struct SurveyPace {
  double rate = 500;  // SYNs/s in all; 0: unpaced
  // How far ahead of the even spacing a start may run, so that an event loop that wakes each millisecond can
  // keep up 10,000 a second.
  Duration tolerance = std::chrono::milliseconds(2);
};

class Schedule {
 public:
  // plan and rules must outlive the schedule. max_in_flight: probes at once, at least 1.
  Schedule(const ProbePlan& plan, const ScanRules& rules, const SurveyPace& pace, std::size_t max_in_flight);

  Step next(Time now);

  void admit(const Address& address);
  void no_host_yet() { host_supply_ = Supply::waiting; }  // DNS has not answered; see hosts_available()
  void no_more_hosts() { host_supply_ = Supply::ended; }
  void hosts_available() {
    if (host_supply_ == Supply::waiting) host_supply_ = Supply::ready;
  }

  // The probe was sent by `when`: what the host's pace is held against.
  void on_sent(ProbeTicket ticket, Time when);
  void on_result(ProbeTicket ticket, const ProbeOutcome& outcome, Time now);
  // No descriptor was to be had: the probe goes back; see FlightLimit.
  void return_unsent(ProbeTicket ticket, Time now);
  // Starts nothing more; hosts end as their last probes in flight do.
  void stop(Time now);

  std::size_t in_flight() const { return flight_.in_flight(); }
  std::size_t max_in_flight() const { return flight_.limit(); }
  std::size_t active_hosts() const { return hosts_.active(); }

 private:
  // Hosts held at once, whatever the pace: what bounds the memory of a survey without one.
  static constexpr std::size_t most_active = 8192;

  enum class Supply : std::uint8_t { ready, waiting, ended };

  std::optional<Step> try_next(Time now);
  bool may_admit() const { return host_supply_ == Supply::ready && hosts_.active() < most_active; }
  bool nears_its_end() const;
  Time look_around(Time now);
  Time first_in_turn(Time now);
  Time turn_of(HostSlot slot);
  std::optional<Step> start(HostSlot slot, HostLanes::Lane lane, Time now);
  void settle(HostSlot slot);

  const ProbePlan& plan_;
  const ScanRules& rules_;
  const double rate_;             // SYNs/s in all; 0: unpaced
  const std::size_t first_half_;  // of a plan: how many ports come before the half that may be left out
  const std::size_t reserve_;     // how many planned probes should be at hand while there are hosts to admit
  SurveyPacer pacer_;
  FlightLimit flight_;
  HostLanes hosts_;
  HostQueue in_turn_;  // of the patient whose time has come; see turn_of()
  std::deque<HostSlot> finished_;
  Supply host_supply_ = Supply::ready;
  bool stopped_ = false;
};

}  // namespace edgesurvey
