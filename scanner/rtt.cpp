#include "scanner/rtt.hpp"

#include <algorithm>
#include <chrono>

namespace edgesurvey {
namespace {

using std::chrono::milliseconds;

constexpr Duration shortest_wait = milliseconds(500);
constexpr Duration soonest_late = milliseconds(150);
constexpr Duration late_before_known = milliseconds(400);

}  // namespace

void RttEstimator::add_syn_ack(Duration rtt) {
  if (!known_) {
    known_ = true;
    smoothed_ = rtt;
    variation_ = rtt / 2;
    return;
  }
  const Duration error = rtt > smoothed_ ? rtt - smoothed_ : smoothed_ - rtt;
  variation_ = (3 * variation_ + error) / 4;
  smoothed_ = (7 * smoothed_ + rtt) / 8;
}

Duration RttEstimator::wait() const {
  if (!known_ || timeout_ > one_syn_wait) return timeout_;
  const Duration learned = std::max(smoothed_ + 4 * variation_, shortest_wait);
  return std::min(learned, timeout_);
}

Duration RttEstimator::late_after() const {
  return std::min(known_ ? std::max(smoothed_ * 3 / 2, soonest_late) : late_before_known, timeout_);
}

}  // namespace edgesurvey
