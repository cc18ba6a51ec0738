// What a host is to be asked again, or beside its plan, and from when on.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/inquiry/scan_rules.hpp"
#include "scanner/inquiry/task.hpp"
#include "scanner/time.hpp"

namespace edgesurvey {

class Agenda {
 public:
  void ask(TaskId task, Time not_before) { pending_.push_back({not_before, task}); }
  // Unless it was noted before: whether it was not.
  bool ask_once(TaskId task, Time not_before);
  // At this time, and at no other that was noted.
  void ask_anew(TaskId task, Time not_before);
  // None of its tries that are noted comes before this time: those of one port keep apart.
  void put_off(TaskId task, Time not_before);
  // Those of its tries that are noted for later may come at this time.
  void bring_forward(TaskId task, Time not_before);
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

// The port of the evidence with this index once more, unless its tries are used up or it is noted already:
// whether it was noted.
bool ask_again(Agenda& agenda, const Evidence& evidence, const ScanRules& rules, std::size_t index,
               Time not_before);

}  // namespace edgesurvey
