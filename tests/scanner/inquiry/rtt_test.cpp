#include "scanner/inquiry/rtt.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

TEST_CASE("A wait that ends before the kernel's first resend costs one SYN, and every second one more") {
  CHECK(syns_sent_within(0ms) == 1);
  CHECK(syns_sent_within(one_syn_wait) == 1);
  CHECK(syns_sent_within(1s) == 2);  // the resend may still leave
  CHECK(syns_sent_within(1900ms) == 2);
  CHECK(syns_sent_within(3s) == 4);
}

TEST_CASE("Before any SYN-ACK the wait is just under a second and doubles, up to the user's limit") {
  const RttEstimator rtt(5s);
  CHECK_FALSE(rtt.known());
  CHECK(rtt.wait(0) == one_syn_wait);
  CHECK(rtt.wait(1) == 2 * one_syn_wait);
  CHECK(rtt.wait(2) == 4 * one_syn_wait);
  CHECK(rtt.wait(3) == 5s);
  CHECK(rtt.wait(4'000'000) == 5s);
}

TEST_CASE("The first SYN-ACK sets srtt to its RTT and rttvar to half, as RFC 6298 has it") {
  RttEstimator rtt(10s);
  rtt.add_syn_ack(800ms);
  CHECK(rtt.known());
  CHECK(rtt.smoothed() == 800ms);
  CHECK(rtt.wait(0) == 800ms + 4 * 400ms);
  rtt.add_syn_ack(400ms);
  CHECK(rtt.smoothed() == 750ms);                     // 7/8 of 800 + 1/8 of 400
  CHECK(rtt.wait(0) == 750ms + 4 * Duration(400ms));  // rttvar: 3/4 of 400 + 1/4 of |800 - 400|
}

TEST_CASE("Once the RTT is known, a further try waits no longer than the first") {
  RttEstimator rtt(10s);
  rtt.add_syn_ack(50ms);
  CHECK(rtt.wait(0) == rtt.wait(3));
}

TEST_CASE("A near host is still awaited half a second, for its latency may step up") {
  RttEstimator rtt(10s);
  for (int i = 0; i < 50; ++i) rtt.add_syn_ack(1ms);
  CHECK(rtt.wait(0) == 500ms);
}

TEST_CASE("Where twice the RTT fits into it, the wait is kept to a single SYN") {
  RttEstimator rtt(10s);
  rtt.add_syn_ack(400ms);
  CHECK(rtt.wait(0) == one_syn_wait);
}

TEST_CASE(
    "No wait is ever longer than the user's limit, nor shorter than the host has ever needed, within it") {
  REQUIRE(rc::check([] {
    const auto longest = Duration(1ms * *rc::gen::inRange(1, 10'000));
    RttEstimator rtt(longest);
    const auto rtts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 3000));
    for (const int ms : rtts) rtt.add_syn_ack(1ms * ms);
    const Duration wait = rtt.wait(*rc::gen::inRange(0U, 10U));
    return wait > Duration::zero() && wait <= longest && (wait == longest || wait >= rtt.smoothed());
  }));
}

TEST_CASE("An answer that decides nothing by itself is awaited half as long again as the path's RTT") {
  RttEstimator rtt(one_syn_wait);
  CHECK(rtt.quick_wait() == rtt.wait(0));
  for (int i = 0; i < 40; ++i) rtt.add_syn_ack(20ms);
  CHECK(rtt.quick_wait() == 150ms);
  RttEstimator far(one_syn_wait);
  for (int i = 0; i < 40; ++i) far.add_syn_ack(300ms);
  CHECK(far.quick_wait() == 450ms);
  RttEstimator uneven(one_syn_wait);
  for (int i = 0; i < 40; ++i) uneven.add_syn_ack(i % 2 == 0 ? 100ms : 300ms);
  CHECK(uneven.quick_wait() > 500ms);
  CHECK(uneven.quick_wait() <= uneven.wait(0));
}

TEST_CASE(
    "An answer is late after half as long again as the path's RTT, and after 400 ms before it is known") {
  RttEstimator rtt(one_syn_wait);
  CHECK(rtt.late_after() == 400ms);
  rtt.add_syn_ack(200ms);
  CHECK(rtt.late_after() == 300ms);
  RttEstimator near(one_syn_wait);
  near.add_syn_ack(2ms);
  CHECK(near.late_after() == 150ms);
  CHECK(RttEstimator(100ms).late_after() == 100ms);
}

TEST_CASE("An answer is expected after the smoothed RTT, and after the longest wait before any has come") {
  RttEstimator rtt(one_syn_wait);
  CHECK(rtt.expected() == one_syn_wait);
  rtt.add_syn_ack(std::chrono::milliseconds(80));
  CHECK(rtt.expected() == std::chrono::milliseconds(80));
}

TEST_CASE("A try that follows longer waits is given up once late where the host is near, elsewhere as any") {
  RttEstimator near(one_syn_wait);
  CHECK(near.last_wait() == near.quick_wait());  // nothing is known yet
  near.add_syn_ack(200ms);
  CHECK(near.last_wait() == 300ms);
  CHECK(near.quick_wait() > 300ms);
  RttEstimator far(3 * one_syn_wait);
  far.add_syn_ack(600ms);
  CHECK(far.last_wait() == far.quick_wait());
  RttEstimator hurried(100ms);
  hurried.add_syn_ack(90ms);
  CHECK(hurried.last_wait() == 100ms);
}
