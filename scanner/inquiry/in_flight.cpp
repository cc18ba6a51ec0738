#include "scanner/inquiry/in_flight.hpp"

#include <algorithm>

namespace edgesurvey {

void InFlight::add(TryId id, Time now) {
  ++all_;
  last_asked_ = now;
  ++count_of(id);
  if (repeats_for_rtt(task_of(id))) in_doubt_since_ = std::min(in_doubt_since_, now);
}

void InFlight::remove_silent(TryId id) {
  --all_;
  --count_of(id);
}

void InFlight::remove_answered(TryId id, Time asked) {
  remove_silent(id);
  last_heard_ = std::max(last_heard_, asked);
  if (repeats_for_rtt(task_of(id)) || asked >= in_doubt_since_) in_doubt_since_ = Time::max();
}

Time InFlight::first_of_search(Time since) const {
  Time first = Time::max();
  if (search_ == 0) return first;
  for (const auto& port : evidence_.ports) {
    const bool awaited = port.role == Role::boundary && port.attempts == 1 && port.reason == Reason::not_run;
    if (awaited && port.asked >= since) first = std::min(first, port.asked);
  }
  return first;
}

std::uint32_t& InFlight::count_of(TryId id) {
  const TaskId task = task_of(id);
  if (repeats_for_rtt(task)) return others_;
  if (!asks_port(task)) return words_;
  if (number_of(id) > 1) return others_;
  return evidence_.ports[task].role == Role::boundary ? search_ : first_;
}

}  // namespace edgesurvey
