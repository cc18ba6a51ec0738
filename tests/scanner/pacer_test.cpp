#include "scanner/pacer.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

TEST_CASE("The first start is free, and the next comes one spacing later") {
  Pacer pacer(4);
  const Time start{10s};
  REQUIRE(pacer.ready_at() <= start);
  pacer.take(start);
  CHECK(pacer.ready_at() == start + 250ms);
}

TEST_CASE("A start that sends several SYNs is charged for each") {
  Pacer pacer(4);
  pacer.take(Time{}, 3);
  CHECK(pacer.ready_at() == Time{} + 750ms);
}

TEST_CASE("Missed time is never repaid") {
  Pacer pacer(4);
  pacer.take(Time{});
  pacer.take(Time{1h});
  CHECK(pacer.ready_at() == Time{1h} + 250ms);
}

TEST_CASE("A rate of zero is no limit") {
  Pacer pacer(0);
  pacer.take(Time{5s}, 1000);
  CHECK(pacer.ready_at() <= Time{5s});
}

TEST_CASE("Rates too small or too large to be spaced in nanoseconds still have a defined pace") {
  Pacer slow(1e-300);
  slow.take(Time{}, 4);
  CHECK(slow.ready_at() > Time{24h});
  Pacer fast(1e300);
  fast.take(Time{});
  CHECK(fast.ready_at() <= Time{1us});
}

TEST_CASE("Over any window W at most 1 + (W + tolerance) x rate start, however the clock stalls") {
  REQUIRE(rc::check([] {
    const auto rate = *rc::gen::inRange(1, 20'000);
    const auto tolerance = Duration(*rc::gen::inRange<Duration::rep>(0, 5'000'000));
    const auto stalls = *rc::gen::container<std::vector<int>>(300, rc::gen::inRange(0, 3'000'000));
    Pacer pacer(rate, tolerance);
    std::vector<Time> starts;
    Time now{};
    for (const int stall : stalls) {
      now = std::max(now, pacer.ready_at());
      if (stall % 3 == 0) now += Duration(stall);
      pacer.take(now);
      starts.push_back(now);
    }
    for (std::size_t first = 0; first < starts.size(); ++first) {
      for (std::size_t last = first; last < starts.size(); ++last) {
        const double window = std::chrono::duration<double>(starts[last] - starts[first] + tolerance).count();
        RC_ASSERT(static_cast<double>(last - first + 1) <= 1 + window * rate + 1e-6);
      }
    }
  }));
}
