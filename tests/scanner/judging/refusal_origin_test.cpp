#include "scanner/judging/refusal_origin.hpp"

#include <chrono>
#include <vector>

#include "support/catch.hpp"

using namespace edgesurvey;
using std::chrono::milliseconds;

namespace {

Time after(int seconds) {
  return Time{} + std::chrono::seconds(seconds);
}

PortEvidence refused_after(int ms, Time asked = {}) {
  return {.port = 51000,
          .state = PortState::closed,
          .reason = Reason::conn_refused,
          .rtt = milliseconds(ms),
          .asked = asked};
}

HostDistance timed(const std::vector<int>& ms) {
  std::vector<TimedRtt> syn_acks;
  for (const int rtt : ms) syn_acks.push_back({milliseconds(rtt), after(static_cast<int>(syn_acks.size()))});
  return HostDistance(syn_acks);
}

}  // namespace

TEST_CASE("A refusal far sooner than every SYN-ACK was sent by something in front of the host") {
  const HostDistance host = timed({80, 82, 85});
  CHECK(host.refuser_of(refused_after(20)) == Refuser::in_front);
  CHECK(host.refuser_of(refused_after(79)) == Refuser::host);
  CHECK(host.refuser_of(refused_after(300)) == Refuser::host);
}

TEST_CASE("A refusal whose time is unknown is put down to nobody in front") {
  CHECK(timed({80, 80, 80, 80}).refuser_of(refused_after(0)) == Refuser::host);
  CHECK(HostDistance().refuser_of(refused_after(20)) == Refuser::host);
}

TEST_CASE("Too few SYN-ACKs, or too short a path, give no distance to judge by") {
  CHECK(timed({80, 80, 80}).can_tell());
  CHECK_FALSE(timed({80, 80}).can_tell());
  CHECK_FALSE(timed({1, 1, 1, 1, 1, 1}).can_tell());
  CHECK_FALSE(HostDistance().can_tell());
}

TEST_CASE("A refusal is compared with the SYN-ACKs of its time, once the path has become longer or shorter") {
  const HostDistance longer = timed({80, 81, 80, 160, 161, 160});
  CHECK(longer.refuser_of(refused_after(40, after(1))) == Refuser::in_front);
  CHECK(longer.refuser_of(refused_after(81, after(1))) == Refuser::host);
  CHECK(longer.refuser_of(refused_after(120, after(4))) == Refuser::in_front);
  CHECK(longer.refuser_of(refused_after(161, after(4))) == Refuser::host);
  const HostDistance shorter = timed({160, 161, 160, 80, 81, 80});
  CHECK(shorter.refuser_of(refused_after(120, after(1))) == Refuser::in_front);
  CHECK(shorter.refuser_of(refused_after(161, after(1))) == Refuser::host);
  CHECK(shorter.refuser_of(refused_after(81, after(4))) == Refuser::host);
}

TEST_CASE("Between the last SYN-ACK before a change and the first after it a refusal may be of either path") {
  const HostDistance host = timed({80, 81, 80, 160, 161, 160});
  const Time then = after(2) + milliseconds(500);
  CHECK(host.refuser_of(refused_after(40, then)) == Refuser::in_front);
  CHECK(host.refuser_of(refused_after(120, then)) == Refuser::unclear);
  CHECK(host.refuser_of(refused_after(161, then)) == Refuser::host);
  CHECK_FALSE(host.at_shortest({milliseconds(120), then}));
}

TEST_CASE("RTTs are told as they would be on the path at its shortest") {
  const HostDistance host = timed({80, 81, 80, 160, 161, 160});
  CHECK(host.at_shortest({milliseconds(81), after(1)}) == milliseconds(81));
  CHECK(host.at_shortest({milliseconds(161), after(4)}) == milliseconds(81));
  for (const Duration rtt : host.syn_acks()) CHECK(rtt <= milliseconds(81));
}

TEST_CASE("One SYN-ACK that was held up, and jitter, are no other path") {
  for (const auto& rtts :
       {std::vector{80, 81, 190, 80, 82, 80}, {80, 90, 84, 101, 82, 93}, {190, 80, 81, 80, 82}}) {
    const HostDistance host = timed(rtts);
    CHECK(host.refuser_of(refused_after(80, after(2))) == Refuser::host);
    CHECK(host.refuser_of(refused_after(40, after(2))) == Refuser::in_front);
    CHECK(host.at_shortest({milliseconds(85), after(3)}) == milliseconds(85));
  }
}
