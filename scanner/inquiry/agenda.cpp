#include "scanner/inquiry/agenda.hpp"

#include <algorithm>

namespace edgesurvey {

bool Agenda::contains(TaskId task) const {
  return std::any_of(pending_.begin(), pending_.end(), [task](const Pending& p) { return p.task == task; });
}

bool Agenda::ask_once(TaskId task, Time not_before) {
  if (contains(task)) return false;
  ask(task, not_before);
  return true;
}

void Agenda::ask_anew(TaskId task, Time not_before) {
  drop(task);
  ask(task, not_before);
}

void Agenda::put_off(TaskId task, Time not_before) {
  for (auto& pending : pending_)
    if (pending.task == task) pending.not_before = std::max(pending.not_before, not_before);
}

void Agenda::bring_forward(TaskId task, Time not_before) {
  for (auto& pending : pending_)
    if (pending.task == task) pending.not_before = std::min(pending.not_before, not_before);
}

void Agenda::drop(TaskId task) {
  std::erase_if(pending_, [task](const Pending& p) { return p.task == task; });
}

Time Agenda::next_due() const {
  Time earliest = Time::max();
  for (const auto& pending : pending_) earliest = std::min(earliest, pending.not_before);
  return earliest;
}

std::optional<TaskId> Agenda::take_due(Time now) {
  const auto due =
      std::find_if(pending_.begin(), pending_.end(), [now](const Pending& p) { return p.not_before <= now; });
  if (due == pending_.end()) return std::nullopt;
  const TaskId task = due->task;
  pending_.erase(due);
  return task;
}

bool ask_again(Agenda& agenda, const Evidence& evidence, const ScanRules& rules, std::size_t index,
               Time not_before) {
  return rules.leaves_a_try(evidence.ports[index].attempts) && agenda.ask_once(port_task(index), not_before);
}

}  // namespace edgesurvey
