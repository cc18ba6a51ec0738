#include "tests/lab/farm/chance.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "tests/lab/farm/delay_queue.hpp"
#include "tests/lab/farm/draw.hpp"
#include "tests/lab/farm/tally.hpp"

using namespace edgesurvey::farm;
using namespace std::chrono_literals;

TEST_CASE(
    "Alternating times are on for their share of the time, and the same in whatever order they are asked") {
  AlternatingTimes forward(1, 3, 42);
  AlternatingTimes backward(1, 3, 42);
  constexpr int moments = 200'000;
  std::vector<bool> seen;
  int on = 0;
  for (int i = 0; i < moments; ++i) {
    seen.push_back(forward.on(i * 100ms));
    on += seen.back() ? 1 : 0;
  }
  CHECK(on == Approx(moments / 4).margin(moments * 0.02));
  for (int i = moments - 1; i >= 0; i -= 997)
    CHECK(backward.on(i * 100ms) == seen[static_cast<std::size_t>(i)]);
}

TEST_CASE("Independent loss has the stated rate, and a packet of the same name the same fate") {
  LossProcess loss({0.05, 0, std::nullopt}, 1);
  int lost = 0;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const bool gone = loss.loses_outgoing(0s, mix(7, i));
    lost += gone ? 1 : 0;
    CHECK(gone == loss.loses_outgoing(5s, mix(7, i)));
  }
  CHECK(lost == Approx(5000).margin(300));
  CHECK_FALSE(loss.loses_answer(0s, 3));
}

TEST_CASE("Bursts lose the share that their lengths give, and lose in clusters") {
  LossProcess loss({0, 0, Bursts{9, 1, 1}}, 5);
  int lost = 0;
  int lost_twice = 0;
  bool before = false;
  constexpr int packets = 400'000;
  for (int i = 0; i < packets; ++i) {
    const bool gone = loss.loses_outgoing(i * 50ms, mix(9, static_cast<std::uint64_t>(i)));
    lost += gone ? 1 : 0;
    lost_twice += gone && before ? 1 : 0;
    before = gone;
  }
  CHECK(lost == Approx(packets / 10).epsilon(0.08));
  CHECK(lost_twice > lost * 8 / 10);  // independent loss of 10 % would make it one in ten
}

TEST_CASE("Jitter only adds, with the stated mean and deviation, in either shape") {
  const auto shape = GENERATE(Rtt::Shape::gamma, Rtt::Shape::lognormal);
  const Rtt rtt{100, 8, shape};
  double sum = 0;
  double squares = 0;
  constexpr int draws = 200'000;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const double jitter = in_s(draw_rtt(rtt, i * 31)) * 1000 - 100;
    REQUIRE(jitter >= 0);
    sum += jitter;
    squares += jitter * jitter;
  }
  const double mean = sum / draws;
  CHECK(mean == Approx(8).epsilon(0.02));
  CHECK(std::sqrt(squares / draws - mean * mean) == Approx(jitter_deviation_ms(rtt)).epsilon(0.05));
}

TEST_CASE("A token bucket gives its burst at once and then its rate") {
  TokenBucket bucket({2, 3});
  int given = 0;
  for (int i = 0; i < 10; ++i) given += bucket.take(0s) ? 1 : 0;
  CHECK(given == 3);
  for (auto now = 100ms; now <= 10s; now += 100ms) given += bucket.take(now) ? 1 : 0;
  CHECK(given == Approx(3 + 20).margin(1));
}

TEST_CASE("The queue lets packets go when they are due, in order of that and then of entry") {
  DelayQueue queue(10);
  const auto add = [&](Time due, std::uint8_t mark) { *queue.add(due) = {mark}; };
  add(30ms, 3);
  add(10ms, 1);
  add(30ms, 4);
  add(20ms, 2);
  std::vector<int> sent;
  const auto send = [&](View packet) { sent.push_back(packet[0]); };
  queue.release(9ms, send);
  CHECK(sent.empty());
  CHECK(queue.next_due() == Time(10ms));
  queue.release(20ms, send);
  CHECK(sent == std::vector<int>{1, 2});
  queue.release(1s, send);
  CHECK(sent == std::vector<int>{1, 2, 3, 4});
  CHECK_FALSE(queue.next_due());
}

TEST_CASE("A full queue drops and counts") {
  DelayQueue queue(2);
  CHECK(queue.add(1s));
  CHECK(queue.add(1s));
  CHECK_FALSE(queue.add(1s));
  CHECK(queue.dropped() == 1);
}

TEST_CASE("The port tally counts every port apart, through its growth") {
  PortTally tally;
  for (std::uint32_t port = 1; port <= 65535; ++port)
    CHECK(tally.count(static_cast<std::uint16_t>(port)) == 0);
  for (std::uint32_t port = 1; port <= 65535; ++port)
    CHECK(tally.count(static_cast<std::uint16_t>(port)) == 1);
  CHECK(tally.distinct() == 65535);
}

TEST_CASE("The peak is the busiest window anywhere, not the busiest second of the clock") {
  WindowPeak peak(1s);
  for (const auto at : {0ms, 600ms, 700ms, 1200ms, 1500ms, 9000ms}) peak.count(at);
  CHECK(peak.peak() == 4);  // 600 to 1500 ms
}
