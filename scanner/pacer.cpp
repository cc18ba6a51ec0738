#include "scanner/pacer.hpp"

#include <algorithm>
#include <cmath>

namespace edgesurvey {
namespace {

Duration spacing_of(double per_second) {
  constexpr double nanoseconds = 1e9;
  constexpr double longest = 1e15;  // 11 days: sums of a few stay far from overflow
  if (per_second <= 0) return Duration::zero();
  return Duration(static_cast<Duration::rep>(std::min(std::ceil(nanoseconds / per_second), longest)));
}

}  // namespace

Pacer::Pacer(double per_second, Duration tolerance)
    : spacing_(spacing_of(per_second)), tolerance_(tolerance) {}

void Pacer::take(Time now, unsigned syns) {
  due_ = std::max(due_, now) + spacing_ * syns;
}

void Pacer::left_at(Time when) {
  due_ = std::max(due_, when + spacing_);
}

}  // namespace edgesurvey
