#include "scanner/judging/statistics.hpp"

#include <rapidcheck.h>

#include <cmath>
#include <vector>

#include "scanner/random.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

constexpr int trials = 3000;

double uniform(SeededRandom& random) {
  return (static_cast<double>(random.next() >> 11U) + 0.5) * 0x1p-53;
}

double normal(SeededRandom& random) {
  return std::sqrt(-2 * std::log(uniform(random))) * std::cos(2 * 3.14159265358979 * uniform(random));
}

// Queues add to a path's RTT, now and then a lot: skewed either way, with a mean of `jitter` of the RTT.
double lognormal_jitter(double jitter, SeededRandom& random) {
  return jitter * std::exp(0.8 * normal(random) - 0.32);
}
double gamma_jitter(double jitter, SeededRandom& random) {  // shape 2
  return jitter * -0.5 * (std::log(uniform(random)) + std::log(uniform(random)));
}

using Jitter = double (*)(double, SeededRandom&);

std::vector<Duration> rtts(std::size_t count, double ms, double jitter, Jitter add, SeededRandom& random) {
  std::vector<Duration> result;
  for (std::size_t i = 0; i < count; ++i)
    result.emplace_back(static_cast<Duration::rep>(ms * 1e6 * (1 + add(jitter, random))));
  return result;
}

struct Tried {
  double in_front = 0;
  double host = 0;
  double cannot_tell = 0;
};

// Shares of each answer where refusals come from `front_ms` away and SYN-ACKs from `host_ms`.
Tried tried(std::size_t refusals, std::size_t syn_acks, double front_ms, double host_ms, double jitter,
            Jitter add) {
  SeededRandom random(20150324);
  Tried shares;
  for (int i = 0; i < trials; ++i) {
    switch (origin_of_refusals(rtts(refusals, front_ms, jitter, add, random),
                               rtts(syn_acks, host_ms, jitter, add, random))) {
      case RefusalOrigin::in_front:
        shares.in_front += 1.0 / trials;
        break;
      case RefusalOrigin::host:
        shares.host += 1.0 / trials;
        break;
      default:
        shares.cannot_tell += 1.0 / trials;
    }
  }
  return shares;
}

std::vector<Duration> evenly(std::size_t count, double from_ms, double step_ms) {
  std::vector<Duration> result;
  for (std::size_t i = 0; i < count; ++i)
    result.emplace_back(static_cast<Duration::rep>((from_ms + step_ms * static_cast<double>(i)) * 1e6));
  return result;
}

}  // namespace

TEST_CASE("Fisher's test agrees with probabilities computed by hand") {
  // One in, none out: 1 - C(7,.)... the only table as extreme has p = inside / all.
  CHECK_FALSE(answers_more_often({1, 4}, {0, 4}));  // 4/8 = 0.5
  CHECK_FALSE(answers_more_often({3, 4}, {0, 4}));  // C(4,3)/C(8,3) = 4/56 = 0.071
  CHECK_FALSE(answers_more_often({4, 4}, {0, 4}));  // 1/C(8,4) = 1/70 = 0.0143
  CHECK(answers_more_often({5, 5}, {0, 5}));        // 1/C(10,5) = 1/252 = 0.0040
  CHECK(answers_more_often({5, 5}, {0, 4}));        // 1/C(9,4) = 1/126 = 0.0079
  CHECK_FALSE(answers_more_often({5, 5}, {1, 5}));  // C(5,1)/C(10,6) = 5/210 = 0.024
  CHECK(answers_more_often({6, 6}, {1, 6}));        // C(6,1)/C(12,7) = 6/792 = 0.0076
  CHECK_FALSE(answers_more_often({8, 67}, {0, 6}));
  CHECK(answers_more_often({67, 67}, {2, 6}));  // an opening wider than the range
}

TEST_CASE("Equal shares, fewer answers inside, or an empty side never count as more often") {
  CHECK_FALSE(answers_more_often({67, 67}, {6, 6}));
  CHECK_FALSE(answers_more_often({0, 67}, {0, 6}));
  CHECK_FALSE(answers_more_often({0, 67}, {6, 6}));
  CHECK_FALSE(answers_more_often({5, 5}, {0, 0}));
  CHECK_FALSE(answers_more_often({0, 0}, {0, 5}));
  CHECK_FALSE(answers_more_often({1, 67}, {6, 6}));
}

TEST_CASE(
    "The comparison is total, and one more silent port inside never makes the inside answer more often") {
  REQUIRE(rc::check([] {
    const auto in = *rc::gen::inRange<std::uint64_t>(0, 200);
    const auto out = *rc::gen::inRange<std::uint64_t>(0, 12);
    const Proportion inside{*rc::gen::inRange<std::uint64_t>(0, in + 1), in};
    const Proportion outside{*rc::gen::inRange<std::uint64_t>(0, out + 1), out};
    const bool before = answers_more_often(inside, outside);
    const bool after = answers_more_often({inside.hits, inside.trials + 1}, outside);
    RC_ASSERT(in == 0 || before || !after);
    if (before && outside.trials > 0) RC_ASSERT(inside.hits * outside.trials > outside.hits * inside.trials);
  }));
}

TEST_CASE("The chance of at least k open ports is the binomial tail") {
  CHECK(chance_of_at_least(0, 3, 0.2) == 1);
  CHECK(chance_of_at_least(1, 3, 0.2) == Approx(0.488));
  CHECK(chance_of_at_least(2, 3, 0.2) == Approx(0.104));
  CHECK(chance_of_at_least(3, 3, 0.2) == Approx(0.008));
  CHECK(chance_of_at_least(3, 3, 1) == Approx(1));
  CHECK(chance_of_at_least(4, 3, 0.5) == Approx(0));
}

TEST_CASE("Nobody refused where nothing was refused, and too few RTTs tell nothing") {
  CHECK(origin_of_refusals({}, evenly(8, 100, 1)) == RefusalOrigin::nobody);
  CHECK(origin_of_refusals(evenly(3, 5, 1), evenly(8, 100, 1)) == RefusalOrigin::cannot_tell);
  CHECK(origin_of_refusals(evenly(64, 5, 0.1), evenly(3, 100, 1)) == RefusalOrigin::cannot_tell);
  CHECK(origin_of_refusals(evenly(64, 5, 0.1), {}) == RefusalOrigin::cannot_tell);
}

TEST_CASE("Refusals after 5 ms from a host that accepts after 160 ms were sent by something in front of it") {
  CHECK(origin_of_refusals(evenly(64, 5, 0.01), evenly(6, 160, 0.5)) == RefusalOrigin::in_front);
}

TEST_CASE("Refusals as late as SYN-ACKs on a path that can be measured came from the host") {
  CHECK(origin_of_refusals(evenly(64, 40, 0.02), evenly(8, 40.1, 0.1)) == RefusalOrigin::host);
}

TEST_CASE("On a LAN the round-trip times cannot tell") {
  CHECK(origin_of_refusals(evenly(64, 0.1, 0.001), evenly(8, 0.1, 0.001)) == RefusalOrigin::cannot_tell);
  CHECK(origin_of_refusals(evenly(64, 0.1, 0.001), evenly(8, 0.9, 0.001)) == RefusalOrigin::cannot_tell);
  CHECK(origin_of_refusals(evenly(64, 1, 0.01), evenly(8, 1.05, 0.01)) == RefusalOrigin::cannot_tell);
}

TEST_CASE("Refusals later than SYN-ACKs are nobody's proof: a load balancer may have accepted") {
  CHECK(origin_of_refusals(evenly(64, 80, 0.1), evenly(8, 20, 0.1)) == RefusalOrigin::cannot_tell);
}

TEST_CASE("A path that slows down between the refusals and the last SYN-ACKs is no firewall in front") {
  auto accepted = evenly(1, 40, 0);  // the service, before
  const auto repeats = evenly(5, 80, 0.5);
  accepted.insert(accepted.end(), repeats.begin(), repeats.end());
  CHECK(origin_of_refusals(evenly(64, 40.2, 0.05), accepted) != RefusalOrigin::in_front);
}

TEST_CASE("Where host and refusals share one path, hardly any scan puts a firewall in front") {
  for (const Jitter jitter : {lognormal_jitter, gamma_jitter}) {
    for (const double size : {0.02, 0.1, 0.3}) {
      CHECK(tried(67, 6, 40, 40, size, jitter).in_front < 0.002);
      CHECK(tried(67, 8, 40, 40, size, jitter).in_front < 0.002);
      CHECK(tried(6, 8, 160, 160, size, jitter).in_front < 0.002);
    }
  }
}

TEST_CASE("A firewall at 80 % of the host's RTT or less is found, and never taken for the host") {
  for (const Jitter jitter : {lognormal_jitter, gamma_jitter}) {
    for (const double share : {0.1, 0.5, 0.8}) {
      INFO(share);
      const Tried quiet = tried(67, 8, 100 * share, 100, 0.02, jitter);
      CHECK(quiet.in_front > 0.99);
      CHECK(quiet.host == 0);
      const Tried noisy = tried(67, 8, 100 * share, 100, 0.3, jitter);
      CHECK(noisy.host < 0.01);
      CHECK(noisy.in_front > (share > 0.5 ? 0.3 : 0.95));
    }
  }
}

TEST_CASE("A quiet path to the host itself is recognised as such") {
  CHECK(tried(67, 8, 40, 40, 0.02, gamma_jitter).host > 0.99);
}

TEST_CASE("63 of 250 is 25.2 %, with a 95 % interval of 19.9 to 31.1 %") {
  const Interval share = proportion(63, 250);
  CHECK(share.share == Approx(0.252));
  CHECK(share.low == Approx(0.199).margin(0.0005));
  CHECK(share.high == Approx(0.311).margin(0.0005));
}

TEST_CASE("None and all of n reach the ends exactly") {
  const Interval none = proportion(0, 64);
  CHECK(none.low == 0);
  CHECK(none.high == Approx(1 - std::pow(0.025, 1.0 / 64)));
  const Interval all = proportion(64, 64);
  CHECK(all.low == Approx(std::pow(0.025, 1.0 / 64)));
  CHECK(all.high == 1);
}

TEST_CASE("Of nothing nothing is known") {
  const Interval unknown = proportion(0, 0);
  CHECK(unknown.low == 0);
  CHECK(unknown.high == 1);
}

TEST_CASE("An interval holds its share, lies within 0 and 1, and mirrors when k becomes n - k") {
  REQUIRE(rc::check([] {
    const auto n = *rc::gen::inRange<std::uint64_t>(1, 20'000);
    const auto k = *rc::gen::inRange<std::uint64_t>(0, n + 1);
    const Interval share = proportion(k, n);
    const Interval mirrored = proportion(n - k, n);
    RC_ASSERT(0 <= share.low && share.low <= share.share && share.share <= share.high && share.high <= 1);
    RC_ASSERT(std::abs(share.low - (1 - mirrored.high)) < 1e-9);
  }));
}
