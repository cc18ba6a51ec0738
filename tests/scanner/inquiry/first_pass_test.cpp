#include "scanner/inquiry/first_pass.hpp"

#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

TEST_CASE("A scan asks services, CLS, controls and then the sample, in the plan's order") {
  const ProbePlan plan(64, 1);
  const auto scan =
      scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse, .outside = Behaviour::refuse},
              {.whole_sample = true});
  std::vector<Port> first_tries;
  for (const auto& started : scan.started)
    if (first_tries.size() < plan.size() && started.probe.task == first_tries.size())
      first_tries.push_back(started.probe.port);
  REQUIRE(first_tries.size() == plan.size());
  for (std::size_t i = 0; i < plan.size(); ++i) CHECK(first_tries[i] == plan.ports()[i].port);
}

TEST_CASE("The sample waits until every CLS port has answered or was asked twice") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  Time now{};
  std::vector<TaskId> started;
  while (host.ready_at() <= now) started.push_back(host.start(now).task);
  REQUIRE(started.size() == before_sample);  // services, CLS, controls
  host.take(3, open_after(40ms), now);
  host.take(4, open_after(40ms), now);
  now += 150ms;
  CHECK(host.ready_at() == now);
  for (const TaskId again : {0U, 1U, 2U, 5U}) CHECK(host.start(now).task == again);
  CHECK(host.ready_at() <= now);
  CHECK(plan.ports()[host.start(now).task].role == Role::sample);
}

TEST_CASE(
    "After its first ports a sample that is all silent, or all answered, can wait, and one that is neither "
    "cannot") {
  const ProbePlan plan(64, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
  const Time now = Time{} + 40ms;
  for (TaskId service_or_cls = 0; service_or_cls < 6; ++service_or_cls)
    host.take(service_or_cls, open_after(40ms), now);
  for (int i = 0; i < 16; ++i) {
    REQUIRE(host.pressing_at() <= now);
    CHECK(host.patient_at() == Time::max());
    host.start(now);
  }
  CHECK(host.patient_at() <= now);
  CHECK(host.pressing_at() == Time::max());
  CHECK(host.unasked() == 48);
  host.take(before_sample + 8, {.state = PortState::closed, .reason = Reason::conn_refused, .rtt = 40ms},
            now);
  CHECK(host.patient_at() <= now);
  host.take(before_sample + 9, silent(), now);
  CHECK(host.pressing_at() <= now);
  CHECK(host.patient_at() == Time::max());
}

TEST_CASE("A sample that something in front refuses here and there only cannot wait") {
  const ProbePlan plan(64, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
  const Time now = Time{} + 40ms;
  for (TaskId service_or_cls = 0; service_or_cls < 6; ++service_or_cls)
    host.take(service_or_cls, open_after(40ms), now);
  for (int i = 0; i < 16; ++i) host.start(now);
  for (TaskId sample = before_sample + 8; sample < before_sample + 12; ++sample)
    host.take(sample, {.state = PortState::closed, .reason = Reason::conn_refused, .rtt = 5ms}, now);
  CHECK(host.patient_at() <= now);
  host.take(before_sample + 12, silent(), now);
  CHECK(host.patient_at() == Time::max());
}

TEST_CASE("At a slow pace every service and CLS port is asked once before any of them is asked again") {
  const auto scan = scanned({.service = Behaviour::ignore}, {.host_rate = 1});
  for (std::size_t i = 0; i < 6; ++i) CHECK(scan.started[i].probe.task == i);
}

TEST_CASE(
    "Half of a sample is enough where it answers alike, or is silent beside open CLS ports, unless all is "
    "wanted") {
  for (const char letter : {'A', 'B', 'D', 'E'}) {
    const auto sampled = [letter](const ScanRules& rules) {
      return classify(scanned(case_of(letter), rules).evidence).range.sampled;
    };
    INFO(letter);
    CHECK(sampled({}) == 32);
    CHECK(sampled({.host_rate = 100}) == 32);
    CHECK(sampled({.host_rate = 0}) == 32);
    CHECK(sampled({.whole_sample = true}) == 64);
  }
}

TEST_CASE("A range that is passed in part is asked the whole sample") {
  Host host{.cls = Behaviour::ignore, .range = Behaviour::refuse};
  host.passed_from = 51000;
  host.passed_to = 52999;
  for (const double host_rate : {4.0, 100.0})
    CHECK(classify(scanned(host, {.host_rate = host_rate}).evidence).range.sampled == 64);
}

TEST_CASE(
    "Silence of a host that is there, and whose CLS ports are not all open, is asked the whole sample") {
  for (const auto& host : {case_of('C'), case_of('G')})
    for (const double host_rate : {0.0, 4.0, 100.0})
      CHECK(classify(scanned(host, {.host_rate = host_rate}).evidence).range.sampled == 64);
  const Host nobody{.service = Behaviour::ignore,
                    .cls = Behaviour::ignore,
                    .range = Behaviour::ignore,
                    .outside = Behaviour::ignore};
  CHECK(classify(scanned(nobody).evidence).range.sampled == 32);
}

TEST_CASE("Of a silent host that has gone dark by the first half of its sample the other half is not asked") {
  for (const double host_rate : {0.0, 4.0, 100.0}) {
    INFO(host_rate);
    Host host = case_of('C');
    host.blocks_after = 30;
    const auto scan = scanned(host, {.host_rate = host_rate});
    CHECK(reason_of(scan) == "blocked-during-scan");
    CHECK(sample_of(scan.evidence) == 32);
    host.blocks_after = 60;  // in the second half
    CHECK(sample_of(scanned(host, {.host_rate = host_rate}).evidence) == 64);
  }
}

TEST_CASE("A host that wakes once half of its sample was silent is asked the other half") {
  Host host = case_of('C');
  host.deaf_from = Time{};
  host.deaf_until = Time{} + 2100ms;  // 443 is heard at its third try
  const auto scan = scanned(host, {.host_rate = 100, .longest_wait = 3800ms});
  CHECK(reason_of(scan) == "range-silent");
  CHECK(sample_of(scan.evidence) == 64);
}

TEST_CASE("Without retries no host is taken for dark half-way: one lost packet would do") {
  Host host = case_of('C');
  host.blocks_after = 30;
  CHECK(sample_of(scanned(host, {.host_rate = 100, .retries = 0}).evidence) == 64);
}

TEST_CASE("A far host that refuses is not asked for its bracket before its first refusal can have come") {
  Host host = case_of('B');
  host.cls = Behaviour::refuse;
  host.rtt = 400ms;
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(scan.evidence.forgotten == 0);
  CHECK(sample_of(scan.evidence) == 32);
}

TEST_CASE("A packet lost in the first half of a sample is sent again, and not the other half") {
  constexpr TaskId lost = before_sample + 7;  // of the sample, which follows services, CLS and controls
  Host host = case_of('B');
  const ScanRules rules{.host_rate = 100};
  host.deaf_from = started_at(scanned(host, rules), try_of(lost, 1)) - 1ms;
  host.deaf_until = host.deaf_from + 2ms;
  const auto scan = scanned(host, rules);
  CHECK(scan.evidence.ports[lost].answered_at == 2);
  CHECK(classify(scan.evidence).range.sampled == 32);
}

TEST_CASE("Only refusals from the range make a service be repeated for its RTT") {
  CHECK(scanned(case_of('A')).evidence.repeats == 0);
  const auto refused = scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse}).evidence;
  CHECK(refused.repeats == 4);
  CHECK(refused.syn_ack_rtts.size() == 1 + 4 + 1);  // 443, its repeats, the bracket
}

TEST_CASE("Where ports outside the range refuse as well, RTTs alone decide, and more of them are taken") {
  CHECK(scanned(case_of('D')).evidence.repeats == 6);
  CHECK(scanned(case_of('E')).evidence.repeats == 6);
}

TEST_CASE("A service is repeated among the refusals it is compared with, not after them") {
  for (const Host& host :
       {case_of('D'),
        Host{.cls = Behaviour::refuse, .range = Behaviour::refuse, .outside = Behaviour::ignore}}) {
    const auto scan = scanned(host);
    const ProbePlan plan(64, 1);
    std::vector<std::size_t> repeats;
    std::size_t last_of_sample = 0;
    for (std::size_t i = plan.size() - 64; i < scan.started.size() - 1; ++i) {
      if (scan.started[i].probe.port == 443) repeats.push_back(i);
      if (in_media_range(scan.started[i].probe.port)) last_of_sample = i;
    }
    REQUIRE(repeats.size() == scan.evidence.repeats);
    CHECK(repeats.back() < last_of_sample);
    for (std::size_t i = 1; i < repeats.size(); ++i) CHECK(repeats[i] - repeats[i - 1] > 2);
  }
}
