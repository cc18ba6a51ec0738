// The pace of a survey as a whole, the kernel's resends included. Starts are spaced evenly; resends leave by
// themselves, a second apart, so a probe that may need them starts only when there is room for all of them.
#pragma once

#include <cstdint>
#include <vector>

#include "scanner/pacer.hpp"

namespace edgesurvey {

class SurveyPacer {
 public:
  // per_second: SYNs a second in all, 0 for no limit. tolerance: see Pacer.
  SurveyPacer(double per_second, Duration tolerance);

  // The earliest time from now on at which the next SYN may leave.
  Time ready_at(Time now) const;
  // The same for a probe of so many SYNs, one a second: when there is room for its resends as well. A guess
  // that may have to be made again.
  Time room_at(Time now, unsigned syns) const;
  void take(Time now, unsigned syns);
  void left_at(Time when) { starts_.left_at(when); }
  // A probe of so many SYNs that started then has ended: its resends after now do not leave.
  void ended(Time started, unsigned syns, Time now);

 private:
  // Resends are booked by slots of time: in each at most as many SYNs leave as the pace allows.
  std::int64_t slot_of(Time time) const { return time.time_since_epoch() / slot_; }
  std::uint32_t booked(std::int64_t slot) const;
  void book(std::int64_t slot, int syns);

  struct Slot {
    std::int64_t number = -1;
    std::uint32_t syns = 0;
  };
  Pacer starts_;
  Duration slot_;
  std::uint32_t most_a_slot_;
  std::vector<Slot> slots_;                   // by number, modulo their count
  std::int64_t last_booked_ = INT64_MIN / 4;  // the last slot for which anything was ever booked
  std::int64_t current_ = -1;                 // the slot of the last start
  std::uint32_t started_in_it_ = 0;
};

}  // namespace edgesurvey
