#include "scanner/judging/interval.hpp"

#include <boost/math/distributions/binomial.hpp>

namespace edgesurvey {

Interval proportion(std::uint64_t k, std::uint64_t n) {
  if (n == 0) return {};
  using Binomial = boost::math::binomial_distribution<double>;
  constexpr double tail = 0.025;  // each side of a 95 % interval
  const auto successes = static_cast<double>(k);
  const auto trials = static_cast<double>(n);
  return {.share = successes / trials,
          .low = Binomial::find_lower_bound_on_p(trials, successes, tail),
          .high = Binomial::find_upper_bound_on_p(trials, successes, tail)};
}

}  // namespace edgesurvey
