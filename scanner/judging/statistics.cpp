#include "scanner/judging/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <boost/math/distributions/normal.hpp>
#include <chrono>
#include <cmath>
#include <vector>

namespace edgesurvey {
namespace {

constexpr double fisher_level = 0.01;
constexpr double rank_sum_level = 0.001;
constexpr double same_level = 0.005;  // refusals this surely sooner, if by little, are not the same

constexpr std::size_t fewest_timed = 3;
constexpr double least_nearer_share = 0.05;    // of the quickest SYN-ACK's RTT
constexpr double least_sooner_share = 0.10;    // of the SYN-ACK's RTT
constexpr double least_sooner_seconds = 1e-3;  // scheduling noise of this machine hides anything smaller
constexpr double least_soonest_share = 0.05;   // of the soonest SYN-ACK's RTT
constexpr double least_soonest_seconds = 7e-4;
constexpr double nearest_path_seconds = 5e-3;
constexpr double same_within_share = 0.15;

std::vector<double> sorted_seconds(std::span<const Duration> durations) {
  std::vector<double> seconds;
  seconds.reserve(durations.size());
  for (const Duration duration : durations)
    seconds.push_back(std::chrono::duration<double>(duration).count());
  std::sort(seconds.begin(), seconds.end());
  return seconds;
}

double quantile(const std::vector<double>& sorted, double q) {
  const double position = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double fraction = position - static_cast<double>(below);
  return sorted[below] + fraction * (sorted[above] - sorted[below]);
}

// Standard error of a median, from the interquartile range (which outliers do not move).
double median_error(const std::vector<double>& sorted) {
  constexpr double iqr_per_sigma = 1.349;
  constexpr double median_efficiency = 1.2533;  // sqrt(pi / 2)
  const double sigma = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / iqr_per_sigma;
  return median_efficiency * sigma / std::sqrt(static_cast<double>(sorted.size()));
}

// One-sided p of "lower tends to be below higher", by the normal approximation of the rank sum; ties count
// half.
double rank_sum_p(const std::vector<double>& lower, const std::vector<double>& higher) {
  double wins = 0;
  for (const double value : lower) {
    const auto [first_equal, first_above] = std::equal_range(higher.begin(), higher.end(), value);
    wins += static_cast<double>(higher.end() - first_above) +
            0.5 * static_cast<double>(first_above - first_equal);
  }
  const auto m = static_cast<double>(lower.size());
  const auto n = static_cast<double>(higher.size());
  const double z = (wins - m * n / 2) / std::sqrt(m * n * (m + n + 1) / 12);
  return boost::math::cdf(boost::math::complement(boost::math::normal(), z));
}

// Whether the soonest SYN-ACK came later than refusals did, too. SYN-ACKs are measured at both ends of the
// scan and refusals between: should the path slow down meanwhile, the earliest SYN-ACKs still show the RTT
// the host had. Compared with the quantile that a minimum of as many refusals would have.
bool soonest_also(const std::vector<double>& refused, const std::vector<double>& accepted) {
  const double as_rare = 1.0 / static_cast<double>(accepted.size() + 1);
  const double soonest = accepted.front();
  return soonest - quantile(refused, as_rare) >
         std::max(least_soonest_seconds, least_soonest_share * soonest);
}

}  // namespace

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

bool answers_more_often(const Proportion& inside, const Proportion& outside) {
  if (inside.trials == 0 || outside.trials == 0 || inside.hits == 0) return false;
  const auto hits = static_cast<unsigned>(inside.hits + outside.hits);
  const auto trials = static_cast<unsigned>(inside.trials + outside.trials);
  const boost::math::hypergeometric_distribution<double> by_chance(hits, static_cast<unsigned>(inside.trials),
                                                                   trials);
  // P(X >= hits inside) = P(X > hits inside - 1); the distribution starts at the fewest that can fall inside.
  const auto fewest = hits > outside.trials ? hits - static_cast<unsigned>(outside.trials) : 0U;
  if (inside.hits <= fewest) return false;
  const double p =
      boost::math::cdf(boost::math::complement(by_chance, static_cast<unsigned>(inside.hits) - 1));
  return p < fisher_level;
}

double chance_of_at_least(unsigned hits, unsigned trials, double share) {
  if (hits == 0) return 1;
  const boost::math::binomial_distribution<double> open(trials, share);
  return boost::math::cdf(boost::math::complement(open, hits - 1));
}

std::optional<Duration> nearest_from_host(std::span<const Duration> syn_acks) {
  if (syn_acks.size() < fewest_timed) return std::nullopt;
  const auto seconds = sorted_seconds(syn_acks);
  const double quickest = seconds.front();
  const double spread = quantile(seconds, 0.5) - quickest;
  const double nearest = quickest - std::max({least_sooner_seconds, least_nearer_share * quickest, spread});
  if (nearest <= 0) return std::nullopt;
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(nearest));
}

RefusalOrigin origin_of_refusals(std::span<const Duration> refusals, std::span<const Duration> syn_acks) {
  if (refusals.empty()) return RefusalOrigin::nobody;
  if (refusals.size() < fewest_rtts || syn_acks.size() < fewest_rtts) return RefusalOrigin::cannot_tell;
  const auto refused = sorted_seconds(refusals);
  const auto accepted = sorted_seconds(syn_acks);
  const double rtt = quantile(accepted, 0.5);
  const double sooner = rtt - quantile(refused, 0.5);
  if (sooner >= std::max(least_sooner_seconds, least_sooner_share * rtt)) {
    const bool clearly = soonest_also(refused, accepted) && rank_sum_p(refused, accepted) < rank_sum_level;
    return clearly ? RefusalOrigin::in_front : RefusalOrigin::cannot_tell;
  }
  const double resolution = std::abs(sooner) + 2 * std::hypot(median_error(refused), median_error(accepted));
  const bool seen_well = rtt >= nearest_path_seconds && resolution <= same_within_share * rtt &&
                         rank_sum_p(refused, accepted) >= same_level;
  return seen_well ? RefusalOrigin::host : RefusalOrigin::cannot_tell;
}

}  // namespace edgesurvey
