// The processes behind a host's luck: times that alternate, loss, jitter, token buckets.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/lab/farm/spec.hpp"
#include "tests/lab/farm/time.hpp"

namespace edgesurvey::farm {

// Two states that take turns for exponential lengths of time. The same key gives the same history, and any
// moment may be asked for, in any order.
class AlternatingTimes {
 public:
  // Starts "on" with the long-run probability of that.
  AlternatingTimes(double mean_on_s, double mean_off_s, std::uint64_t key);
  bool on(Time at);

 private:
  double mean_on_s_, mean_off_s_;
  std::uint64_t key_;
  bool starts_on_;
  std::vector<Time> changes_;  // ascending; grows as later moments are asked for
};

class LossProcess {
 public:
  LossProcess(const Loss& loss, std::uint64_t key);
  // `packet` names the packet, its direction included: the same name has the same fate outside bursts.
  bool loses_outgoing(Time at, std::uint64_t packet) { return loses(loss_.out, at, packet); }
  bool loses_answer(Time at, std::uint64_t packet) { return loses(loss_.back, at, packet); }

 private:
  bool loses(double probability, Time at, std::uint64_t packet);
  Loss loss_;
  AlternatingTimes bad_;
};

// One round trip's length.
Time draw_rtt(const Rtt& rtt, std::uint64_t packet);

// The jitter's standard deviation.
double jitter_deviation_ms(const Rtt& rtt);

class TokenBucket {
 public:
  explicit TokenBucket(RateLimit limit) : limit_(limit), tokens_(limit.burst) {}
  bool take(Time now);

 private:
  RateLimit limit_;
  double tokens_;
  Time filled_{0};
};

}  // namespace edgesurvey::farm
