#include "scanner/schedule/survey_pacer.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <vector>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

struct Sent {
  std::vector<Time> syns;
  std::size_t probes = 0;
  Duration took{};
};

// As many probes as the pacer lets start within a time, of up to `most_syns` SYNs each, whose resends leave
// up to a sixteenth of a second late each; every third probe is answered, at any time.
Sent send_for(SurveyPacer& pacer, Duration how_long, unsigned most_syns) {
  std::mt19937_64 random(7);
  const auto below = [&random](Duration limit) {
    return Duration(static_cast<Duration::rep>(random() % static_cast<std::uint64_t>(limit.count())));
  };
  struct End {
    Time at;
    ProbeTicket probe;
  };
  std::vector<End> ends;
  Sent sent;
  Time now{};
  while (now < Time{} + how_long) {
    const auto ended =
        std::partition(ends.begin(), ends.end(), [now](const End& end) { return end.at > now; });
    std::for_each(ended, ends.end(), [&](const End& end) { pacer.ended(end.probe, end.at); });
    ends.erase(ended, ends.end());
    if (const Time ready = pacer.ready_at(now); ready > now) {
      now = std::min(ready, now + 1ms);
      continue;
    }
    const auto syns = static_cast<unsigned>(1 + random() % most_syns);
    pacer.take(sent.probes, now, syns);
    const Duration wait = syns * first_resend - 50ms;
    const Time end = now + (random() % 3 == 0 ? below(wait) : wait);
    Time leaves = now;
    for (unsigned syn = 0; syn < syns && leaves < end; ++syn) {
      sent.syns.push_back(leaves);
      leaves += first_resend + below(first_resend / 16);
    }
    ends.push_back({end, sent.probes++});
  }
  std::sort(sent.syns.begin(), sent.syns.end());
  return sent;
}

std::size_t most_in_a_second(const std::vector<Time>& syns) {
  std::size_t most = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < syns.size(); ++i) {
    while (syns[i] - syns[first] >= 1s) ++first;
    most = std::max(most, i - first + 1);
  }
  return most;
}

}  // namespace

TEST_CASE("No second sees more SYNs than the pace has, resends that leave late included") {
  for (const double pace : {1.0, 4.0, 50.0, 1000.0}) {
    for (const unsigned most_syns : {1U, 2U, 4U}) {
      SurveyPacer pacer(pace, 2ms);
      const Sent sent = send_for(pacer, 20s, most_syns);
      INFO(pace << "/s, up to " << most_syns << " SYNs");
      CHECK(static_cast<double>(most_in_a_second(sent.syns)) <= pace);
      CHECK(static_cast<double>(sent.syns.size()) > 0.85 * pace * 20);
    }
  }
}

TEST_CASE("A probe takes its place until a second after its last SYN, or after its end") {
  const auto free_after = [](unsigned syns, Duration ended) {
    SurveyPacer pacer(1, 0ms);
    pacer.take(1, Time{}, syns);
    pacer.left_at(Time{});
    pacer.ended(1, Time{} + ended);
    return pacer.ready_at(Time{} + ended) - Time{};
  };
  CHECK(free_after(1, 40ms) < 1010ms);
  CHECK(free_after(3, 40ms) < 1010ms);
  CHECK(free_after(3, 1200ms) > 2000ms);
  CHECK(free_after(3, 1200ms) < 2070ms);
  CHECK(free_after(3, 2950ms) > 3000ms);
  CHECK(free_after(3, 2950ms) < 3130ms);
}

TEST_CASE("A SYN that left later than it was to keeps its place for as much longer") {
  SurveyPacer pacer(2, 0ms);
  pacer.take(1, Time{}, 1);
  pacer.take(2, Time{} + 500ms, 1);
  pacer.left_at(Time{} + 900ms);
  CHECK(pacer.ready_at(Time{} + 900ms) >= Time{} + 1400ms);
  pacer.take(3, Time{} + 1400ms, 1);
  CHECK(pacer.ready_at(Time{} + 1400ms) >= Time{} + 1900ms);
}

TEST_CASE("A probe that ended later than it was to may have sent one more SYN, which takes a place") {
  SurveyPacer pacer(2, 0ms);
  for (const ProbeTicket probe : {1U, 2U}) {
    pacer.take(probe, Time{} + probe * 500ms, 1);
    pacer.left_at(Time{} + probe * 500ms);
  }
  const Time stopped_until = Time{} + 3s;
  CHECK(pacer.ready_at(stopped_until) <= stopped_until);
  pacer.ended(1, stopped_until);
  CHECK(pacer.ready_at(stopped_until) <= stopped_until);
  pacer.ended(2, stopped_until);
  CHECK(pacer.ready_at(stopped_until) > stopped_until + 1s);
  CHECK(pacer.ready_at(stopped_until + 1100ms) <= stopped_until + 1100ms);
}

TEST_CASE("Without a pace a probe may start at any time") {
  SurveyPacer pacer(0, 2ms);
  for (ProbeTicket probe = 0; probe < 100'000; ++probe) {
    CHECK(pacer.ready_at(Time{}) <= Time{});
    pacer.take(probe, Time{}, 3);
  }
}

TEST_CASE("A pace that is no whole number is used in full and kept") {
  SurveyPacer pacer(2.5, 0ms);
  const Sent sent = send_for(pacer, 100s, 1);
  CHECK(sent.syns.size() > 240);
  CHECK(sent.syns.size() <= 251);
}
