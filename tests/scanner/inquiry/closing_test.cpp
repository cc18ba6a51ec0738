#include "scanner/host_log.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

HostLog quiet_host(std::size_t sample = 64) {
  HostLog host(sample);
  host.answer(443, open_after(40ms));
  host.answer_all(Role::cls, silent());
  host.answer_all(Role::control, silent());
  host.answer_sample(sample, silent());
  host.now += 5s;
  return host;
}

}  // namespace

TEST_CASE("Open CLS ports are watched at the end, and the liveness check comes last of all") {
  const auto scan = scanned(case_of('A'));
  REQUIRE(scan.started.size() > 4);
  for (std::size_t i = scan.started.size() - 4; i < scan.started.size() - 1; ++i) {
    CHECK(scan.started[i].probe.technique == Technique::watch);
    CHECK(is_cls_port(scan.started[i].probe.port));
    CHECK(scan.started[i].probe.wait == 2950ms);
    CHECK(scan.started[i].probe.syns == 3);
  }
  CHECK(scan.started.back().probe.port == 443);
  CHECK(scan.started.back().probe.wait == 2950ms);
  CHECK(scan.evidence.confirm.size() == 3);
  REQUIRE(scan.evidence.liveness);
  CHECK(scan.evidence.liveness->state == PortState::open);
}

TEST_CASE("A host that answers nothing has no liveness check, and no silent port a second look") {
  const auto scan = scanned({.service = Behaviour::ignore});
  CHECK(asked_for(scan, QuestionId::liveness).empty());
  CHECK(reason_of(scan) == "no-answer");
}

TEST_CASE(
    "Where the range stays silent the liveness check follows the sample's last SYN, not its last silence") {
  const auto scan = scanned(case_of('C'), {.host_rate = 20});
  const Time last = asked_for(scan, QuestionId::sample_rest).back();
  CHECK(asked_for(scan, QuestionId::liveness).back() - last < 300ms);
}

TEST_CASE("The liveness check does not wait for the patience of CLS ports") {
  const auto scan = scanned(case_of('C'), {.host_rate = 0});
  CHECK(asked_for(scan, QuestionId::liveness).front() < Time{2s});
}

TEST_CASE(
    "A silent liveness check is made once more when a burst of loss must be over, at any pace and patience") {
  for (const double rate : {0.0, 1.0, 4.0, 100.0}) {
    for (const auto patience : {500ms, 1000ms, 3000ms}) {
      INFO(rate << "/s, patience " << patience.count());
      Host host = case_of('C');
      const ScanRules rules{.host_rate = rate, .patience = patience};
      const Time first = asked_for(scanned(host, rules), QuestionId::liveness).back();
      host.deaf_from = first - 1ms;
      const auto scan = scanned(host, rules);
      std::vector<Time> checks = asked_for(scan, QuestionId::liveness);
      std::erase_if(checks, [&](Time at) { return at < first; });
      REQUIRE(checks.size() == 2);
      CHECK(checks[1] - checks[0] >= 2300ms);
      CHECK(reason_of(scan) == "blocked-during-scan");
      host.deaf_until = checks[1] - 1ms;
      CHECK(reason_of(scanned(host, rules)) == "range-silent");
    }
  }
}

TEST_CASE("Without retries a liveness check is made once") {
  Host host = case_of('C');
  host.blocks_after = 30;
  const auto scan = scanned(host, {.host_rate = 100, .retries = 0});
  CHECK(scan.evidence.liveness->attempts == 1);
  CHECK(reason_of(scan) == "blocked-during-scan");
}

TEST_CASE("A burst of loss at the end leaves the agent's ports lasting, and blames no intrusion prevention") {
  for (const auto begins : {900ms, 1100ms, 1300ms, 1500ms}) {
    INFO(begins.count());
    Host host = case_of('A');
    host.deaf_from = Time{} + begins;
    host.deaf_until = host.deaf_from + 1500ms;
    const auto scan = scanned(host, {.host_rate = 100});
    CHECK(reason_of(scan) == "cls-ports-open");
    CHECK(classify(scan.evidence).confidence == Confidence::high);
  }
}

TEST_CASE("A burst of loss at the end of a slow scan is not taken for a host that has gone") {
  Host host = case_of('C');
  host.rtt = 80ms;
  const Time end = scanned(host, {.host_rate = 4}).started.back().at;
  for (Duration before = 2500ms; before > 0ms; before -= 20ms) {
    INFO(std::chrono::duration_cast<std::chrono::milliseconds>(before).count());
    host.deaf_from = end - before;
    host.deaf_until = host.deaf_from + 1500ms;
    CHECK(reason_of(scanned(host, {.host_rate = 4})) == "range-silent");
  }
}

TEST_CASE("An agent behind a burst of loss as long as the scan is found once the burst is over") {
  // CLS ports, sample and what is asked again all fall into the burst.
  Host host = case_of('A');
  host.deaf_from = Time{} + 100ms;
  for (const auto burst : {500ms, 1500ms, 3000ms}) {
    INFO(burst.count());
    host.deaf_until = host.deaf_from + burst;
    CHECK(reason_of(scanned(host, {.host_rate = 100})) == "cls-ports-open");
  }
}

TEST_CASE("Silent CLS ports are found though the sample answers and packets were lost before it") {
  Host host{.cls = Behaviour::accept, .range = Behaviour::icmp, .outside = Behaviour::icmp};
  host.deaf_from = Time{};
  for (Duration burst = 450ms; burst <= 1800ms; burst += 50ms) {
    INFO(std::chrono::duration_cast<std::chrono::milliseconds>(burst).count());
    host.deaf_until = host.deaf_from + burst;
    CHECK(reason_of(scanned(host, {.host_rate = 100})) == "cls-ports-open");
  }
}

TEST_CASE("A CLS port found open after the others were asked at the end is asked as well") {
  HostLog host = quiet_host();
  const auto ask_at_end = [&] {
    std::vector<Port> ports;
    while (const Want want = host.wanted(QuestionId::cls_still_open)) {
      ports.push_back(want.port);
      host.log.on_result(host.log.start(row_of(QuestionId::cls_still_open), want.port, host.now),
                         open_after(40ms), host.now + 40ms);
      host.now += 1s;
    }
    return ports;
  };
  host.answer(cls_ports[1], open_after(40ms));
  CHECK(ask_at_end() == std::vector<Port>{50002});
  host.answer(cls_ports[0], open_after(40ms));
  host.answer(cls_ports[2], open_after(40ms));
  CHECK(ask_at_end() == std::vector<Port>{50001, 50003});
}

TEST_CASE("Where the sample goes on after a liveness check half-way, another is made at its end") {
  // The only port passed in the first half answers after its last SYN. In the second half the host is
  // blocked.
  const ProbePlan plan(64, 1);
  Host host{.cls = Behaviour::accept, .range = Behaviour::refuse, .rtt = 300ms};
  host.passed_from = host.passed_to = plan.ports()[plan.size() - plan.sample_half() - 1].port;
  const auto living = scanned(host, {.host_rate = 100});
  CHECK(reason_of(living) == "cls-ports-open");
  CHECK(port_of(living.evidence, host.passed_from).state == PortState::closed);
  CHECK(classify(living.evidence).range.sampled == 64);
  CHECK(living.evidence.liveness->answered());
  CHECK(asked_for(living, QuestionId::liveness).back() > asked_for(living, QuestionId::sample_rest).back());
  host.blocks_after = 60;
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(reason_of(scan) == "cls-ports-open");
  CHECK_FALSE(scan.evidence.liveness->answered());
}

TEST_CASE("A service heard only at the kernel's last SYN is the port of the liveness check") {
  Host host{.cls = Behaviour::ignore, .range = Behaviour::ignore, .outside = Behaviour::ignore, .rtt = 100ms};
  host.deaf_from = Time{};
  host.deaf_until = Time{} + 1600ms;
  const auto scan = scanned(host, {.host_rate = 100});
  REQUIRE(port_of(scan.evidence, 443).answered_late());
  REQUIRE(scan.evidence.liveness);
  CHECK(scan.evidence.liveness->port == 443);
  CHECK(scan.evidence.liveness->answered());
}

TEST_CASE(
    "Where nothing answers any more since a service was asked for its RTT, the liveness check is made, and "
    "the "
    "sample of a host that stopped responding left out") {
  Host host{.range = Behaviour::refuse, .blocks_after = 14};
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(reason_of(scan) == "range-answers");
  CHECK_FALSE(scan.evidence.liveness->answered());
  CHECK(scan.evidence.ports.size() < half_plan);
}

TEST_CASE("A far host that refuses is not checked for liveness before its first refusal can have come") {
  Host host = case_of('B');
  host.cls = Behaviour::refuse;
  host.rtt = 400ms;
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(asked_for(scan, QuestionId::liveness).size() == 1);
  CHECK(sample_of(scan.evidence) == 32);
}

TEST_CASE("That a host is gone is not concluded before a burst of loss could be over, nor much later") {
  Host host = case_of('A');
  host.blocks_after = 20;
  for (const unsigned retries : {2U, 10U}) {
    const auto scan = scanned(host, {.host_rate = 100, .retries = retries});
    const auto checks = asked_for(scan, QuestionId::liveness);
    REQUIRE(checks.size() == 2);
    CHECK(checks.back() - checks.front() >= 2300ms);
    CHECK(scan.started.back().at < Time{} + 25s);
  }
}

TEST_CASE("A check that could not be made is made again, and not for ever") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  for (const QuestionId question : {QuestionId::liveness, QuestionId::cls_still_open}) {
    HostScan host(Address(), plan, rules);
    std::size_t asked = 0;
    for (Time now{}; !host.finished();) {
      REQUIRE(host.ready_at() < Time::max());
      now = std::max(now, host.ready_at());
      const auto probe = host.start(now);
      if (!probe) continue;
      const bool fails =
          probe->question == question && probe->port != cls_ports[1] && probe->port != cls_ports[2];
      asked += fails ? 1U : 0U;
      REQUIRE(asked < 20);
      const bool open = probe->port == 443 || is_cls_port(probe->port);
      host.on_result(probe->id, fails ? failed_here() : open ? open_after(20ms) : silent(), now);
    }
    CHECK(asked == rules.retries + 1);
  }
}
