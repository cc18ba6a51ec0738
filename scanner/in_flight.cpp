#include "scanner/in_flight.hpp"

namespace edgesurvey {

void InFlight::add(TryId id) {
  ++all_;
  ++count_of(id);
  if (repeats_for_rtt(task_of(id))) in_doubt_ = true;
}

void InFlight::remove(TryId id, bool answered) {
  --all_;
  --count_of(id);
  if (answered) in_doubt_ = false;
}

std::uint32_t& InFlight::count_of(TryId id) {
  const TaskId task = task_of(id);
  if (repeats_for_rtt(task)) return others_;
  if (!asks_port(task)) return words_;
  if (number_of(id) > 1) return others_;
  return evidence_.ports[task].role == Role::boundary ? search_ : first_;
}

}  // namespace edgesurvey
