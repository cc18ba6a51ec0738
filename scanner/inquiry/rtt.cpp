#include "scanner/inquiry/rtt.hpp"

#include <algorithm>
#include <chrono>

namespace edgesurvey {
namespace {

using std::chrono::milliseconds;

constexpr Duration shortest_wait = milliseconds(500);
constexpr Duration shortest_quick_wait = milliseconds(150);
constexpr Duration late_before_known = milliseconds(400);
constexpr Duration near_host = milliseconds(250);
constexpr unsigned most_doublings = 4;

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

Duration RttEstimator::wait(unsigned attempt) const {
  if (!known_) {
    const Duration doubled = one_syn_wait * (1U << std::min(attempt, most_doublings));
    return std::min(doubled, longest_);
  }
  Duration learned = std::max(smoothed_ + 4 * variation_, shortest_wait);
  if (2 * smoothed_ <= one_syn_wait) learned = std::min(learned, one_syn_wait);
  return std::min(learned, longest_);
}

Duration RttEstimator::quick_wait() const {
  if (!known_) return wait(0);
  return std::min(std::max({smoothed_ + 4 * variation_, smoothed_ * 3 / 2, shortest_quick_wait}), wait(0));
}

Duration RttEstimator::late_after() const {
  return std::min(known_ ? std::max(smoothed_ * 3 / 2, shortest_quick_wait) : late_before_known, longest_);
}

Duration RttEstimator::last_wait() const {
  const bool is_near = known_ && smoothed_ <= near_host;
  return is_near ? std::min(late_after(), wait(0)) : quick_wait();
}

}  // namespace edgesurvey
