#include "scanner/scanned.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

const Host nobody{.service = Behaviour::ignore};

}  // namespace

TEST_CASE("A silent service is asked again until one answers, and the others once more") {
  const auto living = scanned(case_of('C')).evidence;
  CHECK(port_of(living, 443).attempts == 1);
  CHECK(port_of(living, 3478).attempts == 2);
  const auto dead = scanned(nobody).evidence;
  CHECK(most_attempts(dead, Role::service) == 3);
  CHECK_FALSE(dead.liveness);
}

TEST_CASE(
    "The first service is waited for with patience at its first attempt, for three SYNs, and no other is") {
  for (const auto& [probe, at] : scanned(nobody).started) {
    if (probe.question != QuestionId::service) continue;
    const bool first = probe.port == 443 && at == Time{};
    CHECK(probe.wait == (first ? 2950ms : 950ms));
    CHECK(probe.syns == (first ? 3U : 1U));
  }
}

TEST_CASE("At a slow pace every service and CLS port is asked once before any of them is asked again") {
  const auto scan = scanned(nobody, {.host_rate = 1});
  const ProbePlan plan(64, 1);
  std::vector<Port> first;
  for (const auto& started : scan.started) {
    if (first.size() == 6) break;
    first.push_back(started.probe.port);
  }
  std::sort(first.begin(), first.end());
  CHECK(std::adjacent_find(first.begin(), first.end()) == first.end());
  for (const Port port : first) CHECK((is_cls_port(port) || port == 443 || port == 3478 || port == 5061));
}

TEST_CASE("A service that answers takes back the third attempt of the others, and leaves them the second") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  std::vector<AttemptId> services;
  for (int i = 0; i < 3; ++i) services.push_back(host.start(Time{})->id);
  host.on_result(services[1], silent(), Time{400ms});
  CHECK(host.evidence().ports[1].attempts == 1);
  Time now{450ms};
  for (; host.evidence().ports[1].attempts < 2; now = std::max(now, host.ready_at())) host.start(now);
  host.on_result(services[2], open_after(480ms), now);
  while (!host.finished() && host.ready_at() < Time::max() && now < Time{60s}) {
    now = std::max(now, host.ready_at());
    if (const auto probe = host.start(now)) host.on_result(probe->id, silent(), now);
  }
  CHECK(host.evidence().ports[0].attempts == 2);
  CHECK(host.evidence().ports[1].attempts == 2);
  CHECK(host.evidence().ports[2].attempts == 1);
}

TEST_CASE("The wait is learned from SYN-ACKs, never from a near firewall's refusals") {
  // nmap -T4's trap: a firewall that rejects after 5 ms before an Edge at 160 ms.
  const auto scan = scanned({.cls = Behaviour::accept,
                             .range = Behaviour::reject_in_front,
                             .outside = Behaviour::reject_in_front,
                             .rtt = 160ms,
                             .front_rtt = 5ms});
  CHECK(reason_of(scan) == "cls-ports-open");
  for (const auto& started : scan.started) CHECK(started.probe.wait >= 500ms);
}

TEST_CASE("An RTT of zero was not measured and shortens no wait") {
  const auto wait_of_the_sample = [](Duration rtt) {
    const ProbePlan plan(8, 1);
    const ScanRules rules{.host_rate = 0};
    HostScan host(Address(), plan, rules);
    Time now{};
    while (true) {
      now = std::max(now, host.ready_at());
      const auto probe = host.start(now);
      if (!probe) continue;
      if (probe->question == QuestionId::sample) return probe->wait;
      host.on_result(probe->id, open_after(rtt), now + 1ms);
    }
  };
  CHECK(wait_of_the_sample(0ms) == one_syn_wait);
  CHECK(wait_of_the_sample(20ms) == 500ms);
}

TEST_CASE("A longer timeout lengthens the waits of the sample") {
  const auto waits = [](const ScanRules& rules) {
    Duration shortest = Duration::max();
    for (const auto& [probe, at] : scanned(case_of('C'), rules).started)
      if (probe.question == QuestionId::sample) shortest = std::min<Duration>(shortest, probe.wait);
    return shortest;
  };
  CHECK(waits({}) == 500ms);
  CHECK(waits({.timeout = 1900ms}) == 1900ms);
  CHECK(waits({.timeout = 300ms}) == 300ms);
}
