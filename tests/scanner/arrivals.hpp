// Answers on their way back to a schedule, in virtual time.
#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "scanner/schedule/schedule.hpp"

namespace edgesurvey::virtual_net {

class Arrivals {
 public:
  void add(Time at, ProbeTicket ticket, const ProbeOutcome& outcome) { queue_.push({at, ticket, outcome}); }
  // When the first comes in; Time::max() when none is on its way.
  Time next() const { return queue_.empty() ? Time::max() : queue_.top().at; }
  // Hands over all that are in by now.
  void deliver(Time now, Schedule& schedule) {
    for (; next() <= now; queue_.pop()) schedule.on_result(queue_.top().ticket, queue_.top().outcome, now);
  }

 private:
  struct Arrival {
    Time at;
    ProbeTicket ticket;
    ProbeOutcome outcome;
    bool operator>(const Arrival& other) const {
      return at != other.at ? at > other.at : ticket > other.ticket;
    }
  };
  std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> queue_;
};

}  // namespace edgesurvey::virtual_net
