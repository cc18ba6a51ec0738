// What the kernel does with a probe, in virtual time and for all probes at once: a SYN, and one more each
// second until an answer comes or the deadline does. The farm's hosts see the SYNs of all probes in the order
// in which they are sent.
#pragma once

#include <functional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "scanner/schedule/schedule.hpp"
#include "tests/lab/farm/host_model.hpp"

namespace edgesurvey::virtual_farm {

// A probe in flight, and at its end.
struct Flight {
  farm::HostModel* host = nullptr;
  StartProbe step;
  Time started;
  Time resend{};  // when the next SYN leaves, if nothing ends the probe by then
  Time ends;      // by the best answer so far, or at its deadline
  ProbeOutcome outcome{.state = PortState::filtered, .reason = Reason::no_response};
};

class Kernel {
 public:
  // client: whom the farm's hosts see.
  explicit Kernel(farm::Ip client) : client_(client) {}

  void start(farm::HostModel& host, const StartProbe& step, Time now);
  // When the next SYN leaves or the next probe ends; Time::max() when none is in flight.
  Time next() const { return events_.empty() ? Time::max() : events_.top().at; }
  // Sends what is to be sent by now, and hands over the probes that have ended.
  void run_until(Time now, const std::function<void(const Flight&)>& on_end);
  std::uint64_t syns() const { return syns_; }

 private:
  struct Event {
    Time at;
    std::uint64_t order = 0;
    ProbeTicket ticket = 0;
    bool is_syn = false;
    bool operator>(const Event& other) const { return at != other.at ? at > other.at : order > other.order; }
  };
  void send(Flight& flight, Time now);
  void add(Time at, ProbeTicket ticket, bool is_syn) { events_.push({at, order_++, ticket, is_syn}); }

  farm::Ip client_;
  std::unordered_map<ProbeTicket, Flight> flights_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::uint64_t order_ = 0;
  std::uint64_t syns_ = 0;
};

}  // namespace edgesurvey::virtual_farm
