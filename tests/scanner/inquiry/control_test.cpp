#include <set>

#include "scanner/host_log.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

const ProbeOutcome refused = refused_after(40ms);

HostLog quiet_host(const ProbeOutcome& cls = silent()) {
  HostLog host(16);
  host.answer(443, open_after(40ms));
  host.answer_all(Role::cls, cls);
  host.answer_all(Role::control, silent());
  return host;
}

}  // namespace

TEST_CASE("Equal silences of the sample and the controls are not worth a second packet") {
  const auto scan = scanned(case_of('C'));
  CHECK(most_attempts(scan.evidence, Role::sample) == 1);
  CHECK(most_attempts(scan.evidence, Role::control) == 1);
  CHECK(reason_of(scan) == "range-silent");
}

TEST_CASE("Where anything in the range answered, two silent controls are asked again") {
  HostLog host = quiet_host();
  CHECK_FALSE(host.wanted(QuestionId::control));
  host.answer_sample(1, refused);
  host.now += 5s;
  std::set<Port> again;
  while (const Want want = host.wanted(QuestionId::control)) {
    again.insert(want.port);
    host.answer(want.port, silent());
    host.now += 5s;
  }
  CHECK(again.size() == 2);
  for (const Port port : again) CHECK_FALSE(in_media_range(port));
}

TEST_CASE("Every silent control is asked again where another is heard") {
  HostLog host = quiet_host();
  host.answer_sample(1, refused);
  host.answer(host.plan.ports()[planned_essentials].port, icmp_after(40ms));
  host.now += 5s;
  std::size_t again = 0;
  while (const Want want = host.wanted(QuestionId::control)) {
    ++again;
    host.answer(want.port, silent());
    host.now += 5s;
  }
  CHECK(again == planned_controls - 1);
}

TEST_CASE("An ICMP error from the range is no answer of the host, and makes no silence doubtful") {
  HostLog host = quiet_host(icmp_after(40ms));
  host.answer_sample(2, silent());
  CHECK_FALSE(host.wanted(QuestionId::control));
}

TEST_CASE("An open CLS port speaks for itself, and makes no silence outside the range doubtful") {
  HostLog host = quiet_host(open_after(40ms));
  host.answer_sample(2, silent());
  CHECK_FALSE(host.wanted(QuestionId::control));
  host.answer(host.sample_port(2), open_after(40ms));
  CHECK(host.wanted(QuestionId::control));
}

TEST_CASE("Silent controls are asked again once the range has answered, for now their silence is evidence") {
  const auto scan = scanned(case_of('B'));
  CHECK(most_attempts(scan.evidence, Role::control) == 2);
  CHECK(most_attempts(scan.evidence, Role::sample) == 1);
}

TEST_CASE("Controls that stayed silent once the range had answered are not asked a third time") {
  Host host = case_of('B');
  host.cls = Behaviour::refuse;
  host.deaf_until = Time{} + 100ms;
  host.deaf_from = Time{};
  CHECK(most_attempts(scanned(host).evidence, Role::control) == 2);
}

TEST_CASE("Controls are asked again beside the sample, not after it") {
  const auto scan = scanned(case_of('B'), {.host_rate = 20, .whole_sample = true});
  const auto asked = asked_for(scan, QuestionId::control);
  REQUIRE(asked.size() == planned_controls + 2);
  CHECK(asked.back() < asked_for(scan, QuestionId::sample).back());
}

TEST_CASE(
    "A burst of loss over the first attempts at the controls makes no open range of a firewall that "
    "refuses") {
  Host host = case_of('D');
  host.rtt = 20ms;
  host.front_rtt = 12ms;
  host.deaf_from = Time{} + 25ms;
  for (const auto burst : {500ms, 1000ms, 1900ms, 2500ms}) {
    INFO(burst.count());
    host.deaf_until = host.deaf_from + burst;
    CHECK(reason_of(scanned(host, {.host_rate = 100})) == "range-rejected");
  }
}

TEST_CASE("Silent controls are asked again when a burst of loss must be over, and all once one is heard") {
  Host host = case_of('E');
  host.cls = Behaviour::refuse;
  host.rtt = 120ms;
  for (const auto burst : {60ms, 400ms, 900ms}) {
    for (const auto begins : {0ms, 40ms, 150ms, 300ms}) {
      INFO(begins.count() << " for " << burst.count());
      host.deaf_from = Time{} + begins;
      host.deaf_until = host.deaf_from + burst;
      const auto scan = scanned(host, {.host_rate = 100});
      CHECK(reason_of(scan) == "no-firewall");
      for (const auto& port : scan.evidence.ports)
        if (port.role == Role::control) CHECK(port.answered());
    }
  }
}
