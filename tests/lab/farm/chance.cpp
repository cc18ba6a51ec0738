#include "tests/lab/farm/chance.hpp"

#include <algorithm>
#include <cmath>

#include "tests/lab/farm/draw.hpp"

namespace edgesurvey::farm {
namespace {

constexpr double lognormal_sigma = 0.8;  // a tail as long as a busy path's

}  // namespace

AlternatingTimes::AlternatingTimes(double mean_on_s, double mean_off_s, std::uint64_t key)
    : mean_on_s_(mean_on_s),
      mean_off_s_(mean_off_s),
      key_(key),
      starts_on_(Draw(key).chance(mean_on_s / (mean_on_s + mean_off_s))) {}

bool AlternatingTimes::on(Time at) {
  while (changes_.empty() || changes_.back() <= at) {
    const bool is_on = starts_on_ == (changes_.size() % 2 == 0);
    const double length = Draw(mix(key_, changes_.size() + 1)).exponential(is_on ? mean_on_s_ : mean_off_s_);
    // At least 1 us, so that every step gets somewhere.
    const auto begins = changes_.empty() ? Time{0} : changes_.back();
    changes_.push_back(begins + std::max(from_s(length), Time{1000}));
  }
  const auto passed = std::upper_bound(changes_.begin(), changes_.end(), at) - changes_.begin();
  return starts_on_ == (passed % 2 == 0);
}

LossProcess::LossProcess(const Loss& loss, std::uint64_t key)
    : loss_(loss),
      bad_(loss.bursts ? loss.bursts->mean_bad_s : 1, loss.bursts ? loss.bursts->mean_good_s : 1, key) {}

bool LossProcess::loses(double probability, Time at, std::uint64_t packet) {
  Draw draw(packet);
  if (draw.chance(probability)) return true;
  return loss_.bursts && bad_.on(at) && draw.chance(loss_.bursts->loss);
}

Time draw_rtt(const Rtt& rtt, std::uint64_t packet) {
  Draw draw(packet);
  double jitter = 0;
  switch (rtt.shape) {
    case Rtt::Shape::gamma:  // of shape 2: the sum of two exponentials
      jitter = draw.exponential(rtt.jitter_ms / 2) + draw.exponential(rtt.jitter_ms / 2);
      break;
    case Rtt::Shape::lognormal:
      jitter =
          rtt.jitter_ms * std::exp(lognormal_sigma * draw.normal() - lognormal_sigma * lognormal_sigma / 2);
      break;
  }
  return from_ms(rtt.ms + jitter);
}

double jitter_deviation_ms(const Rtt& rtt) {
  switch (rtt.shape) {
    case Rtt::Shape::gamma:
      return rtt.jitter_ms / std::sqrt(2.0);
    case Rtt::Shape::lognormal:
      break;
  }
  return rtt.jitter_ms * std::sqrt(std::expm1(lognormal_sigma * lognormal_sigma));
}

bool TokenBucket::take(Time now) {
  tokens_ = std::min(limit_.burst, tokens_ + in_s(now - filled_) * limit_.per_s);
  filled_ = now;
  if (tokens_ < 1) return false;
  tokens_ -= 1;
  return true;
}

}  // namespace edgesurvey::farm
