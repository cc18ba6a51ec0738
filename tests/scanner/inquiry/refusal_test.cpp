#include "scanner/host_log.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

const ProbeOutcome refused = refused_after(40ms);

HostLog quiet_host() {
  HostLog host(16);
  host.answer_all(Role::service, open_after(40ms));
  host.answer_all(Role::cls, silent());
  host.answer_all(Role::control, silent());
  return host;
}

}  // namespace

TEST_CASE("Only refusals from the range make a service be asked again for its RTT") {
  CHECK(asked_for(scanned(case_of('A')), QuestionId::service_rtt).empty());
  const auto refused_range = scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse});
  CHECK(asked_for(refused_range, QuestionId::service_rtt).size() == 4);
  CHECK(refused_range.evidence.syn_ack_rtts.size() == 1 + 4 + 1);  // 443, for its RTT, the liveness check
}

TEST_CASE("Where ports outside the range refuse as well, RTTs alone decide, and more of them are taken") {
  CHECK(asked_for(scanned(case_of('D')), QuestionId::service_rtt).size() == 6);
  CHECK(asked_for(scanned(case_of('E')), QuestionId::service_rtt).size() == 6);
}

TEST_CASE("RTTs are compared only where the range refused and a service accepted") {
  HostLog silent_range = quiet_host();
  silent_range.answer_sample(16, silent());
  CHECK_FALSE(silent_range.wanted(QuestionId::service_rtt));
  HostLog no_service(16);
  no_service.answer_all(Role::service, refused);
  no_service.answer_sample(16, refused);
  CHECK_FALSE(no_service.wanted(QuestionId::service_rtt));
  HostLog both = quiet_host();
  both.answer_sample(16, refused);
  CHECK(both.wanted(QuestionId::service_rtt).port == 443);
}

TEST_CASE("A service is timed among the refusals it is compared with, not after them") {
  for (const Host& host :
       {case_of('D'),
        Host{.cls = Behaviour::refuse, .range = Behaviour::refuse, .outside = Behaviour::ignore}}) {
    const auto scan = scanned(host);
    std::vector<std::size_t> timed;
    std::size_t last_of_sample = 0;
    for (std::size_t i = 0; i < scan.started.size(); ++i) {
      if (scan.started[i].probe.question == QuestionId::service_rtt) timed.push_back(i);
      if (scan.started[i].probe.question == QuestionId::sample) last_of_sample = i;
    }
    REQUIRE(timed.size() >= 4);
    CHECK(timed.back() < last_of_sample);
    for (std::size_t i = 1; i < timed.size(); ++i) CHECK(timed[i] - timed[i - 1] > 2);
  }
}

TEST_CASE(
    "A few late refusals among sooner ones are asked again, for they may have been held up on their way") {
  HostLog host = quiet_host();
  host.answer_sample(15, refused_after(5ms));
  host.answer(host.sample_port(15), refused_after(45ms));
  CHECK(host.wanted(QuestionId::late_refusal).port == host.sample_port(15));
  SECTION("until one of them is as soon as the others") {
    host.answer(host.sample_port(15), refused_after(5ms));
  }
  SECTION("or three attempts were late") {
    host.answer(host.sample_port(15), refused_after(44ms));
    REQUIRE(host.wanted(QuestionId::late_refusal));
    host.answer(host.sample_port(15), refused_after(43ms));
  }
  SECTION("not while one is awaited") {
    host.ask(host.sample_port(15));
  }
  CHECK_FALSE(host.wanted(QuestionId::late_refusal));
}

TEST_CASE("A late refusal is not asked for ever while nothing can be sent") {
  HostLog host = quiet_host();
  host.answer_sample(15, refused_after(5ms));
  host.answer(host.sample_port(15), refused_after(45ms));
  int attempts = 0;
  for (; host.wanted(QuestionId::late_refusal); ++attempts) {
    REQUIRE(attempts < 10);
    host.answer(host.sample_port(15), failed_here());
  }
  CHECK(attempts == 2);
}
