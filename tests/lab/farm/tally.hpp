// What was sent to a host, counted as it comes: per port, and the busiest stretch of time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "tests/lab/farm/time.hpp"

namespace edgesurvey::farm {

// How often each port was asked: a small open-addressing table, 4 bytes a slot.
class PortTally {
 public:
  // Counts one more; returns how many there were before.
  std::uint32_t count(std::uint16_t port);
  std::uint32_t distinct() const { return distinct_; }

 private:
  struct Slot {
    std::uint16_t port = 0;
    std::uint16_t times = 0;  // 0: free; stops at 65535
  };
  Slot& find(std::uint16_t port);
  void grow();

  std::vector<Slot> slots_;
  std::uint32_t distinct_ = 0;
};

// The most events in any window of the given width, to the millisecond.
class WindowPeak {
 public:
  explicit WindowPeak(Time width) : width_(width) {}
  void count(Time now);
  std::uint32_t peak() const { return peak_; }

 private:
  struct Moment {
    std::int64_t ms;
    std::uint32_t events;
  };
  Time width_;
  std::deque<Moment> moments_;  // at most one a millisecond of the window
  std::uint32_t inside_ = 0;
  std::uint32_t peak_ = 0;
};

}  // namespace edgesurvey::farm
