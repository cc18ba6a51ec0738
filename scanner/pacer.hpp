// When the next SYN may leave. Time that was missed is never repaid: after a stall the pace goes on, it does
// not catch up, so nobody ever sees more than the rate they were promised.
#pragma once

#include "scanner/time.hpp"

namespace edgesurvey {

// The generic cell rate algorithm (ITU-T I.371) in its virtual-scheduling form.
class Pacer {
 public:
  // per_second: SYNs a second, 0 for no limit. tolerance: how far a start may run ahead of its even spacing,
  // which lets a waking event loop send a few at once; over any window W at most 1 + (W + tolerance) *
  // per_second start.
  explicit Pacer(double per_second, Duration tolerance = Duration::zero());

  // The earliest time at which the next may start; may lie in the past.
  Time ready_at() const { return due_ - tolerance_; }
  // Between one SYN and the next at an even pace; zero without a limit.
  Duration spacing() const { return spacing_; }
  // One start at `now` that is charged for `syns` SYNs. A start before ready_at(), which nobody could hold
  // back, delays the next all the same.
  void take(Time now, unsigned syns = 1);

  // The one taken last left only at `when`, for somebody else had the processor: the next keeps its distance
  // to that.
  void left_at(Time when);

 private:
  Duration spacing_;
  Duration tolerance_;
  Time due_{Duration::min() / 2};  // far in the past, yet safe to subtract from
};

}  // namespace edgesurvey
