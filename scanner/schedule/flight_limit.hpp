// How many probes may be in flight at once: as many as the user allows or, where descriptors ran out, as many
// as there were for, until it turns out that there are more again.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "scanner/time.hpp"

namespace edgesurvey {

class FlightLimit {
 public:
  // most: at least 1.
  explicit FlightLimit(std::size_t most) : most_(std::max<std::size_t>(most, 1)), limit_(most_) {}

  std::size_t in_flight() const { return in_flight_; }
  std::size_t limit() const { return limit_; }
  // When one more may start; Time::max() for not before a result comes. May lie in the past.
  Time ready_at() const { return in_flight_ < limit_ ? paused_until_ : Time::max(); }

  void started() { ++in_flight_; }
  // A result came. Whoever took the descriptors may have given them back: one more probe is let into flight
  // for so many results.
  void ended() {
    constexpr std::size_t results_per_raise = 64;
    --in_flight_;
    if (limit_ < most_ && ++results_since_shortage_ % results_per_raise == 0) ++limit_;
  }
  // There was no descriptor for the one started last. With none in flight nothing of ours will free one: all
  // starts pause for a moment.
  void ran_short(Time now) {
    constexpr Duration pause = std::chrono::milliseconds(300);
    --in_flight_;
    limit_ = std::max<std::size_t>(in_flight_, 1);
    if (in_flight_ == 0) paused_until_ = now + pause;
  }

 private:
  const std::size_t most_;
  std::size_t limit_;
  std::size_t in_flight_ = 0;
  std::size_t results_since_shortage_ = 0;
  Time paused_until_{Time::min()};
};

}  // namespace edgesurvey
