#include "reports/survey/host_summary.hpp"

#include "reports/small_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

TEST_CASE("A summary says of a host what its report says") {
  HostReport host;
  host.evidence.address = *Address::parse("192.0.2.1");
  host.evidence.ports = {{.port = 443, .role = Role::service, .state = PortState::open},
                         {.port = 5061, .role = Role::service, .state = PortState::filtered},
                         {.port = 50003, .role = Role::cls, .state = PortState::open},
                         {.port = 50001, .role = Role::cls, .state = PortState::open},
                         {.port = 50002, .role = Role::cls, .state = PortState::closed}};
  host.evidence.syn_ack_rtts = {{std::chrono::milliseconds(40)}, {std::chrono::milliseconds(30)}};
  host.judgement.verdict = Verdict::cls_exposed;
  host.judgement.reason = VerdictReason::some_cls_ports_open;
  host.judgement.confidence = Confidence::medium;
  host.judgement.cls_open.insert(50001);
  host.judgement.cls_open.insert(50003);
  host.judgement.range = {.sampled = 64, .answered = 3, .share = Interval{0.05, 0.01, 0.13}};
  host.scanned_at = WallTime(std::chrono::seconds(1));

  const HostSummary summary(host);
  CHECK(summary.address == host.evidence.address);
  CHECK(summary.verdict == Verdict::cls_exposed);
  CHECK(summary.reason == VerdictReason::some_cls_ports_open);
  CHECK(summary.confidence == Confidence::medium);
  CHECK(summary.services[0] == PortState::open);
  CHECK_FALSE(summary.services[1]);  // 3478 was not asked
  CHECK(summary.services[2] == PortState::filtered);
  CHECK(summary.cls_open == std::vector<Port>{50001, 50003});
  CHECK(summary.range_sampled == 64);
  CHECK(summary.range_answered == 3);
  CHECK(summary.range_share->low == 0.01);
  CHECK(summary.rtt == Duration(std::chrono::milliseconds(30)));
  CHECK(summary.scanned_at == host.scanned_at);
}

TEST_CASE("A survey has a summary of every host it judged, and of no other") {
  const auto survey = small_survey();
  std::size_t hosts = 0;
  survey->for_each_host([&](const HostReport& host) {
    ++hosts;
    const auto* const summary = survey->summary_of(host.evidence.address);
    REQUIRE(summary != nullptr);
    CHECK(summary->address == host.evidence.address);
    CHECK(summary->verdict == host.judgement.verdict);
  });
  CHECK(hosts > 0);
  CHECK(survey->summary_of(*Address::parse("127.99.99.99")) == nullptr);
}
