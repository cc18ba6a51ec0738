// What a host is to be asked again, or beside its plan, and from when on.
#pragma once

#include <optional>
#include <vector>

#include "scanner/task.hpp"
#include "scanner/time.hpp"

namespace edgesurvey {

class Agenda {
 public:
  void ask(TaskId task, Time not_before) { pending_.push_back({not_before, task}); }
  // Unless it was noted before: whether it was not.
  bool ask_once(TaskId task, Time not_before);
  // No longer; nothing happens when it is not there.
  void drop(TaskId task);
  void clear() { pending_.clear(); }

  bool empty() const { return pending_.empty(); }
  bool contains(TaskId task) const;
  // When the first of them is due; Time::max() when there is none.
  Time next_due() const;
  // Of those that are due the one noted first, which is then no longer there; nullopt when none is due.
  std::optional<TaskId> take_due(Time now);

 private:
  struct Pending {
    Time not_before;
    TaskId task;
  };
  std::vector<Pending> pending_;  // in the order noted
};

}  // namespace edgesurvey
