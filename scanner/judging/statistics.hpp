// The statistical tests a verdict rests on, and the interval of a proportion. In one source, because only it
// reads the headers of Boost.Math.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "scanner/time.hpp"

namespace edgesurvey {

// `hits` of `trials`. Precondition: hits <= trials.
struct Proportion {
  std::uint64_t hits = 0;
  std::uint64_t trials = 0;
};

// A proportion with its exact interval (Clopper and Pearson, Biometrika 26, 1934).
struct Interval {
  double share = 0;  // k / n
  double low = 0;
  double high = 1;
};

// The two-sided 95 % Clopper-Pearson interval for k successes in n trials. n == 0 gives {0, 0, 1}: nothing
// known. Precondition: k <= n.
Interval proportion(std::uint64_t k, std::uint64_t n);

// Whether `inside` answers more often than `outside`, beyond chance: Fisher's exact test, one-sided, at the 1
// % level (from Boost.Math's hypergeometric distribution). False when either side has no trials.
bool answers_more_often(const Proportion& inside, const Proportion& outside);

// The chance that at least `hits` of `trials` ports are open when each is, independently, with probability
// `share`.
double chance_of_at_least(unsigned hits, unsigned trials, double share);

// A refusal that came back sooner than this was sent by something in front of the host: below the quickest
// SYN-ACK by more than they vary among themselves (delays on the way only ever add), and by at least a
// twentieth of it and 1 ms. nullopt when fewer than three SYN-ACKs were timed, or the path is too short to
// tell.
std::optional<Duration> nearest_from_host(std::span<const Duration> syn_acks);

enum class RefusalOrigin : std::uint8_t {
  nobody,       // nothing was refused
  in_front,     // refusals came back clearly sooner than SYN-ACKs: something in front of the host sent them
  host,         // as late as SYN-ACKs: the host, or something right beside it
  cannot_tell,  // too few, too noisy, or too near for the difference to be seen
};

// With fewer RTTs on either side nobody can tell.
inline constexpr std::size_t fewest_rtts = 4;

// Who sent the refusals (RSTs), by their RTT against the SYN-ACKs' of the same host, both measured by one
// clock. `in_front` needs a Mann-Whitney rank-sum test at 0.1 %, a difference of medians of at least a
// tenth of the RTT and 1 ms, and the soonest SYN-ACK to be later as well; `host` needs medians that agree
// within what could be seen, on a path of at least 5 ms. The spans are read, not kept; their order does not
// matter.
RefusalOrigin origin_of_refusals(std::span<const Duration> refusals, std::span<const Duration> syn_acks);

}  // namespace edgesurvey
