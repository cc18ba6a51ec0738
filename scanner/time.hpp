// Time as the pure layers know it: a number handed in by whoever has a clock. A survey of a million hosts
// runs in virtual time in a unit test because nothing here can ask what time it is.
#pragma once

#include <chrono>

namespace edgesurvey {

using Duration = std::chrono::nanoseconds;

// Has no now(): the engine reads steady_clock and hands the value down.
struct ScanClock {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ScanClock>;
  static constexpr bool is_steady = true;
};
using Time = ScanClock::time_point;

// Wall-clock time for people, milliseconds since the Unix epoch, UTC.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

}  // namespace edgesurvey
