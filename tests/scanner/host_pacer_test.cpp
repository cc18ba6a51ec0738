#include "scanner/host_pacer.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "scanner/probe.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

std::size_t most_in_a_second(std::vector<Time> syns) {
  std::sort(syns.begin(), syns.end());
  std::size_t most = 0;
  for (std::size_t first = 0, last = 0; last < syns.size(); ++last) {
    while (syns[last] - syns[first] >= 1s) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

}  // namespace

TEST_CASE("Without a limit every probe may start at once, whatever the kernel resends") {
  HostPacer pacer(0);
  pacer.take(1, Time{1s}, 4);
  CHECK(pacer.ready_at(Time{1s}, 4) == Time{1s});
  CHECK(pacer.ready_at(Time{2s}, 4) == Time{2s});
}

TEST_CASE("Probes are spaced a little wider than the rate") {
  HostPacer pacer(4);
  pacer.take(1, Time{1s}, 1);
  CHECK(pacer.ready_at(Time{1s}, 1) > Time{1250ms});
  CHECK(pacer.ready_at(Time{1s}, 1) < Time{1300ms});
}

TEST_CASE("What is asked keeps its distance from the kernel's resends, and its own resends do") {
  HostPacer pacer(4);
  pacer.take(1, Time{1s}, 3);  // and at 2 s and 3 s
  const Time beside = pacer.ready_at(Time{1900ms}, 1);
  CHECK(beside > Time{2250ms});
  CHECK(pacer.ready_at(Time{1500ms}, 1) == Time{1500ms});
  CHECK(pacer.ready_at(Time{900ms}, 2) > Time{1250ms});  // its resend would leave beside that at 2 s
  CHECK(pacer.ready_at(Time{3900ms}, 1) == Time{3900ms});
}

TEST_CASE("The resends of a probe that ended do not leave any more, and those that left still count") {
  HostPacer pacer(4);
  pacer.take(1, Time{1s}, 3);
  pacer.ended(2, Time{2s});
  CHECK(pacer.ready_at(Time{2900ms}, 1) > Time{3s});
  pacer.ended(1, Time{2100ms});
  CHECK(pacer.ready_at(Time{2900ms}, 1) == Time{2900ms});
  CHECK(pacer.ready_at(Time{2100ms}, 1) > Time{2250ms});
}

TEST_CASE("The resends of a probe that left late leave as much later") {
  HostPacer pacer(4);
  pacer.take(1, Time{1s}, 2);
  pacer.left_at(Time{1400ms});  // its resend leaves at 2.4 s
  CHECK(pacer.ready_at(Time{}, 1) > Time{1650ms});
  CHECK(pacer.ready_at(Time{2200ms}, 1) > Time{2650ms});
  pacer.left_at(Time{1400ms});
  CHECK(pacer.ready_at(Time{2670ms}, 1) == Time{2670ms});
}

TEST_CASE("A host that is promised less than a SYN a second is paid back the kernel's resends") {
  HostPacer pacer(0.5);
  pacer.take(1, Time{1s}, 4);
  CHECK(pacer.ready_at(Time{}, 1) >= Time{1s + 4 * 2s});
  pacer.ended(1, Time{1100ms});  // answered before any of them
  CHECK(pacer.ready_at(Time{}, 1) < Time{1s + 2 * 2s});
  pacer.take(2, Time{10s}, 4);
  pacer.ended(2, Time{13950ms});  // all of them left
  CHECK(pacer.ready_at(Time{}, 1) >= Time{10s + 4 * 2s});
}

TEST_CASE(
    "A host never sees more than its rate in any second, however many SYNs probes send and when they end") {
  REQUIRE(rc::check([] {
    const double rate = *rc::gen::element(1.0, 2.0, 4.0, 20.0, 100.0);
    HostPacer pacer(rate);
    std::map<std::uint32_t, std::vector<Time>> syns;
    Time now{1s};
    for (std::uint32_t probe = 0; probe < 60; ++probe) {
      const unsigned count = *rc::gen::inRange(1U, 5U);
      now = pacer.ready_at(now, count);
      pacer.take(probe, now, count);
      for (unsigned syn = 0; syn < count; ++syn) syns[probe].push_back(now + syn * first_resend);
      const std::uint32_t ends = *rc::gen::inRange<std::uint32_t>(0, probe + 1);
      std::erase_if(syns[ends], [&](Time syn) { return syn > now; });
      pacer.ended(ends, now);
    }
    std::vector<Time> all;
    for (const auto& [probe, times] : syns) all.insert(all.end(), times.begin(), times.end());
    RC_ASSERT(static_cast<double>(most_in_a_second(all)) <= rate);
  }));
}
