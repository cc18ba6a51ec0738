// A proportion with its exact interval (Clopper and Pearson, Biometrika 26, 1934), from Boost.Math.
#pragma once

#include <cstdint>

namespace edgesurvey {

struct Interval {
  double share = 0;  // k / n
  double low = 0;
  double high = 1;
};

// The two-sided 95 % Clopper-Pearson interval for k successes in n trials. n == 0 gives {0, 0, 1}: nothing
// known. Precondition: k <= n.
Interval proportion(std::uint64_t k, std::uint64_t n);

}  // namespace edgesurvey
