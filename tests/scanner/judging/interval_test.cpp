#include "scanner/judging/interval.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"

using namespace edgesurvey;

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
