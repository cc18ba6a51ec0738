#include "scanner/rtt.hpp"

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

TEST_CASE("Before any SYN-ACK the wait is the user's timeout, by default just under a second") {
  const RttEstimator rtt(one_syn_wait);
  CHECK_FALSE(rtt.known());
  CHECK(rtt.wait() == one_syn_wait);
  CHECK(RttEstimator(5s).wait() == 5s);
}

TEST_CASE("The first SYN-ACK sets srtt to its RTT and rttvar to half, as RFC 6298 has it") {
  RttEstimator rtt(one_syn_wait);
  rtt.add_syn_ack(200ms);
  CHECK(rtt.known());
  CHECK(rtt.expected() == 200ms);
  CHECK(rtt.wait() == 200ms + 4 * 100ms);
  rtt.add_syn_ack(100ms);
  CHECK(rtt.expected() == 187500us);                    // 7/8 of 200 + 1/8 of 100
  CHECK(rtt.wait() == 187500us + 4 * Duration(100ms));  // rttvar: 3/4 of 100 + 1/4 of |200 - 100|
}

TEST_CASE("A near host is still awaited half a second, for its latency may step up") {
  RttEstimator rtt(one_syn_wait);
  for (int i = 0; i < 50; ++i) rtt.add_syn_ack(1ms);
  CHECK(rtt.wait() == 500ms);
}

TEST_CASE("With the default timeout the wait is kept to a single SYN") {
  RttEstimator rtt(one_syn_wait);
  rtt.add_syn_ack(400ms);
  CHECK(rtt.wait() == one_syn_wait);
}

TEST_CASE("No wait is shorter than a timeout of more than a second, whatever was learned") {
  RttEstimator rtt(3s);
  rtt.add_syn_ack(20ms);
  CHECK(rtt.wait() == 3s);
}

TEST_CASE(
    "No wait is ever longer than the user's limit, nor shorter than the host has ever needed, within it") {
  REQUIRE(rc::check([] {
    const auto longest = Duration(1ms * *rc::gen::inRange(1, 10'000));
    RttEstimator rtt(longest);
    const auto rtts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 3000));
    for (const int ms : rtts) rtt.add_syn_ack(1ms * ms);
    const Duration wait = rtt.wait();
    return wait > Duration::zero() && wait <= longest && (wait == longest || wait >= rtt.expected());
  }));
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
  rtt.add_syn_ack(80ms);
  CHECK(rtt.expected() == 80ms);
}
