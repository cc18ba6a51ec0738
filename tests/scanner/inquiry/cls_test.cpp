#include "scanner/host_log.hpp"
#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

std::string found_late(const Host& host, const ScanRules& rules) {
  const auto scan = scanned(host, rules);
  CHECK(ports_not_run(scan.evidence) == 0);
  return std::string(to_string(classify(scan.evidence).verdict));
}

}  // namespace

TEST_CASE(
    "CLS ports that answer later than the services by up to two seconds are found, at any pace and "
    "distance") {
  for (const double host_rate : {1.0, 4.0, 100.0}) {
    for (const auto rtt : {10ms, 40ms, 150ms, 400ms}) {
      for (const auto late : {200ms, 500ms, 1000ms, 1500ms, 2000ms}) {
        INFO(host_rate << "/s, RTT " << rtt.count() << ", late by " << late.count());
        for (const char letter : {'A', 'B', 'E'}) {
          Host host = case_of(letter);
          host.rtt = rtt;
          host.cls_late = late;
          CHECK(found_late(host, {.host_rate = host_rate}) == "cls-exposed");
        }
      }
    }
  }
}

TEST_CASE("With more patience CLS ports are found that answer later still") {
  Host host = case_of('A');
  host.cls_late = 5s;
  for (const double host_rate : {1.0, 4.0, 100.0}) {
    CHECK(found_late(host, {.host_rate = host_rate, .patience = 6s}) == "cls-exposed");
    CHECK(found_late(host, {.host_rate = host_rate}) == "closed");
  }
}

TEST_CASE("A timeout longer than the patience is waited for by what decides, too") {
  Host host = case_of('A');
  host.cls_late = 5s;
  CHECK(found_late(host, {.host_rate = 100, .timeout = 6s}) == "cls-exposed");
}

TEST_CASE("A CLS port has one attempt, that is waited for as long as the kernel needs for four SYNs") {
  for (const double rate : {0.0, 4.0, 20.0, 100.0}) {
    const auto scan = scanned(case_of('C'), {.host_rate = rate});
    for (const Port port : cls_ports) {
      CHECK(attempts_at(scan, port).size() == 1);
      CHECK(port_of(scan.evidence, port).waited == 3950ms);
    }
    for (const auto& [probe, at] : scan.started)
      if (probe.question == QuestionId::cls) CHECK((probe.wait == 3950ms && probe.syns == 4));
  }
}

TEST_CASE("A SYN lost on its way to a CLS port costs no exposure: the kernel's next one is heard") {
  Host host = case_of('A');
  host.deaf_from = Time{} + 1ms;
  for (const auto burst : {60ms, 500ms, 1500ms, 2500ms}) {
    INFO(burst.count());
    host.deaf_until = host.deaf_from + burst;
    const auto scan = scanned(host, {.host_rate = 100});
    CHECK(reason_of(scan) == "cls-ports-open");
    CHECK(port_of(scan.evidence, 50001).answered_late());
    CHECK(port_of(scan.evidence, 50001).attempts == 1);
  }
}

TEST_CASE("The sample waits until every CLS port has answered or is late") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  Time now{};
  std::vector<AttemptId> started;
  while (host.ready_at() <= now) started.push_back(host.start(now)->id);
  REQUIRE(started.size() == before_sample);  // services, CLS, controls
  for (const std::size_t answered : {0U, 1U, 2U, 3U, 4U}) {
    CHECK(host.pressing_at() > Time{40ms});
    const bool is_service = answered < 3;
    host.on_result(started[answered], is_service ? open_after(40ms) : icmp_after(40ms), Time{40ms});
  }
  CHECK(host.ready_at() > Time{150ms});
  CHECK(host.look_at() == Time{150ms} + Duration{1});
  host.look(host.look_at());
  CHECK(host.ready_at() <= Time{150ms} + Duration{1});
  CHECK(host.start(Time{151ms})->question == QuestionId::sample);
}

TEST_CASE("The sample goes on while the answer of a late CLS port is waited for") {
  const auto scan = scanned(case_of('C'), {.host_rate = 100});
  CHECK(asked_for(scan, QuestionId::sample).front() < Time{500ms});
}

TEST_CASE("A CLS port that could not be asked is asked again, and not for ever") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  for (const unsigned failures : {1U, 2U, 100U}) {
    HostScan host(Address(), plan, rules);
    std::size_t asked = 0;
    unsigned failed = 0;
    for (Time now{}; !host.finished();) {
      REQUIRE(host.ready_at() < Time::max());
      now = std::max(now, host.ready_at());
      const auto probe = host.start(now);
      if (!probe) continue;
      const bool fails = probe->port == cls_ports[1] && failed < failures;
      failed += fails ? 1 : 0;
      asked += probe->port == cls_ports[1] ? 1U : 0U;
      host.on_result(probe->id,
                     fails                ? failed_here()
                     : probe->port == 443 ? open_after(20ms)
                                          : silent(),
                     now);
    }
    CHECK(asked == std::min(failures, 2U) + 1);
    CHECK(port_of(host.evidence(), cls_ports[1]).reason ==
          (failures > 2 ? Reason::local_error : Reason::no_response));
  }
}

TEST_CASE("CLS ports are asked again where the host was first heard after their last SYN had left") {
  Host host = case_of('B');
  host.deaf_from = Time{};
  for (const auto silence : {7s, 9s, 14s}) {
    host.deaf_until = Time{} + silence;
    const auto scan = scanned(host, {.host_rate = 4});
    CHECK(reason_of(scan) == "cls-ports-open");
    for (const Port port : cls_ports) CHECK(attempts_at(scan, port).size() == 2);
  }
}

TEST_CASE("CLS ports are not asked again where one of their SYNs left after the host was heard") {
  Host host = case_of('C');
  host.deaf_from = Time{};
  for (const auto silence : {0ms, 500ms, 1500ms}) {
    host.deaf_until = Time{} + silence;
    const auto scan = scanned(host, {.host_rate = 100});
    CHECK(reason_of(scan) == "range-silent");
    for (const Port port : cls_ports) CHECK(attempts_at(scan, port).size() == 1);
  }
}

TEST_CASE(
    "A CLS port that refused is asked once more when a moment has passed, and an acceptance then counts") {
  Host host = case_of('A');
  host.refuses_until = Time{} + 1s;
  for (const double rate : {4.0, 100.0}) {
    const auto scan = scanned(host, {.host_rate = rate});
    CHECK(reason_of(scan) == "cls-ports-open");
  }
  const auto refusing = scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse}, {.host_rate = 100});
  for (const Port port : cls_ports) {
    const auto attempts = attempts_at(refusing, port);
    REQUIRE(attempts.size() == 2);
    CHECK(attempts[1] - attempts[0] >= 2300ms);
  }
}

TEST_CASE("Without retries a refusal is final") {
  const auto scan = scanned({.cls = Behaviour::refuse}, {.host_rate = 100, .retries = 0});
  for (const Port port : cls_ports) CHECK(attempts_at(scan, port).size() == 1);
}

TEST_CASE("The ports beside the CLS ports are asked once where one of these is open, and nowhere else") {
  const auto exposed = scanned(case_of('A'), {.host_rate = 100});
  const auto silent = scanned(case_of('C'), {.host_rate = 100});
  for (const Port port : cls_neighbours) {
    CHECK(attempts_at(exposed, port).size() == 1);
    CHECK(attempts_at(silent, port).empty());
  }
}
