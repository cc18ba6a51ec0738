#include "scanner/judging/refusal_origin.hpp"

#include <chrono>
#include <vector>

#include "support/catch.hpp"

using namespace edgesurvey;
using std::chrono::milliseconds;

namespace {

PortEvidence refused_after(Duration rtt) {
  return {.port = 51000, .state = PortState::closed, .reason = Reason::conn_refused, .rtt = rtt};
}

}  // namespace

TEST_CASE("A refusal far sooner than every SYN-ACK was sent by something in front of the host") {
  const std::vector<Duration> syn_acks{milliseconds(80), milliseconds(82), milliseconds(85)};
  const auto nearest = nearest_from_host(syn_acks);
  CHECK(was_refused_in_front(refused_after(milliseconds(20)), nearest));
  CHECK_FALSE(was_refused_in_front(refused_after(milliseconds(79)), nearest));
  CHECK_FALSE(was_refused_in_front(refused_after(milliseconds(300)), nearest));
}

TEST_CASE("A refusal whose time is unknown is put down to nobody in front") {
  const std::vector<Duration> syn_acks(4, milliseconds(80));
  CHECK_FALSE(was_refused_in_front(refused_after(Duration::zero()), nearest_from_host(syn_acks)));
  CHECK_FALSE(was_refused_in_front(refused_after(milliseconds(20)), std::nullopt));
}

TEST_CASE("Too few SYN-ACKs, or too short a path, give no distance to judge by") {
  CHECK_FALSE(nearest_from_host(std::vector<Duration>(2, milliseconds(80))));
  CHECK_FALSE(nearest_from_host(std::vector<Duration>(9, std::chrono::microseconds(900))));
}
