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

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <queue>
#include <unordered_map>
#include <variant>
#include <vector>

#include "scanner/inquiry/host_scan.hpp"
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
  // No descriptor was to be had: the probe goes back, and from now on no more are in flight than are now.
  // With none in flight nothing of ours will free a descriptor: all starts pause for a moment.
  void return_unsent(ProbeTicket ticket, Time now);
  // Starts nothing more; hosts end as their last probes in flight do.
  void stop(Time now);

  std::size_t in_flight() const { return in_flight_; }
  std::size_t max_in_flight() const { return max_in_flight_; }
  std::size_t active_hosts() const { return active_; }

 private:
  // Hosts held at once, whatever the pace: what bounds the memory of a survey without one.
  static constexpr std::size_t most_active = 8192;

  using Slot = std::uint32_t;
  enum class Supply : std::uint8_t { ready, waiting, ended };
  enum Lane : std::uint8_t { pressing, patient, looks, lanes };  // looks: nothing starts there
  struct Entry {
    std::unique_ptr<HostScan> scan;
    std::array<Time, lanes> queued{};  // when each lane has it due; max: not in it
    std::uint64_t number = 0;          // in the order of admission
    std::size_t unasked = 0;           // what it has in backlog_
  };
  struct Due {
    Time time;
    std::uint64_t order = 0;
    Slot slot = 0;
    bool operator>(const Due& other) const {
      return time != other.time ? time > other.time : order > other.order;
    }
  };

  struct Patient {  // a probe in flight that the kernel may send again
    Time started;
    unsigned syns = 1;
  };

  using Queue = std::priority_queue<Due, std::vector<Due>, std::greater<>>;

  static Time due_in(const HostScan& scan, Lane lane);
  void requeue(Slot slot);
  void settle(Slot slot);
  bool nears_its_end() const;
  void count_backlog(Entry& host, std::size_t unasked);
  Time first_due(Lane lane);
  Time look_around(Time now);
  Time first_in_turn(Time now);
  Time turn_of(const Entry& host) const;
  bool may_admit() const { return host_supply_ == Supply::ready && active_ < most_active; }
  std::optional<Step> try_next(Time now);
  std::optional<Step> start_top(Queue& queue, Lane lane, Time now);
  void ended(ProbeTicket ticket, Time now);

  const ProbePlan& plan_;
  const ScanRules& rules_;
  const double rate_;             // SYNs/s in all; 0: unpaced
  const std::size_t first_half_;  // of a plan: how many ports come before the half that may be left out
  SurveyPacer pacer_;
  std::unordered_map<ProbeTicket, Patient> patient_;
  const std::size_t most_in_flight_;
  std::size_t max_in_flight_;
  std::size_t taken_since_shortage_ = 0;
  Time paused_until_{Time::min()};
  Time no_room_until_{Time::min()};  // for resends: whoever would be admitted has to wait for it, too
  std::vector<Entry> hosts_;
  std::vector<Slot> free_;
  std::array<Queue, lanes> due_;
  Queue in_turn_;  // of the patient whose time has come; see turn_of()
  std::deque<Slot> finished_;
  std::uint64_t order_ = 0;
  std::uint64_t admitted_ = 0;
  std::size_t in_flight_ = 0;
  std::size_t active_ = 0;
  std::size_t backlog_ = 0;    // planned probes of admitted hosts that have not had their first try
  const std::size_t reserve_;  // how many of them should be at hand while there are hosts to admit
  Supply host_supply_ = Supply::ready;
  bool stopped_ = false;
};

}  // namespace edgesurvey
