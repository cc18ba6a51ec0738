#include "scanner/host_scan.hpp"

#include <rapidcheck.h>

#include <cmath>
#include <map>
#include <string>

#include "scanner/classify.hpp"
#include "scanner/host_report.hpp"
#include "scanner/second_look.hpp"
#include "scanner/virtual_network.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

struct Started {
  HostProbe probe;
  Time at;
};

struct Scanned {
  Evidence evidence;
  std::vector<Started> started;
  std::vector<Time> syns;
};

Scanned scanned(const Host& host, const ScanRules& rules = {}, std::size_t sample = 64,
                std::uint64_t seed = 1) {
  const ProbePlan plan(sample, seed);
  HostModel model(host, seed);
  Scanned result;
  result.evidence = scan(model, plan, rules, [&](const HostProbe& probe, Time at) {
    result.started.push_back({probe, at});
  });
  result.syns = model.syns();
  return result;
}

// When this try was started; Time::max() if it never was.
Time started_at(const Scanned& scan, TryId id) {
  Time last = Time::max();
  for (const auto& [probe, at] : scan.started)
    if (probe.id == id) last = at;
  return last;
}

std::string reason_of(const Scanned& scan) {
  return std::string(to_string(classify(scan.evidence).reason));
}

const PortEvidence& port_of(const Evidence& evidence, Port port) {
  return *std::find_if(evidence.ports.begin(), evidence.ports.end(),
                       [&](const auto& p) { return p.port == port; });
}

unsigned most_attempts(const Evidence& evidence, Role role) {
  unsigned most = 0;
  for (const auto& port : evidence.ports)
    if (port.role == role) most = std::max<unsigned>(most, port.attempts);
  return most;
}

ProbeOutcome silent() {
  return {.state = PortState::filtered, .reason = Reason::no_response};
}
ProbeOutcome open_after(Duration rtt) {
  return {.state = PortState::open, .reason = Reason::syn_ack, .rtt = rtt};
}

}  // namespace

TEST_CASE("A scan asks services, CLS, controls and then the sample, in the plan's order") {
  const ProbePlan plan(64, 1);
  const auto scan =
      scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse, .outside = Behaviour::refuse});
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
  REQUIRE(started.size() == 12);  // services, CLS, controls
  host.take(3, open_after(40ms), now);
  host.take(4, open_after(40ms), now);
  now += 700ms;
  CHECK(host.ready_at() == now);
  for (const TaskId again : {0U, 1U, 2U, 5U}) CHECK(host.start(now).task == again);
  CHECK(host.ready_at() <= now);
  CHECK(plan.ports()[host.start(now).task].role == Role::sample);
}

TEST_CASE(
    "After its first ports a sample that is all silent, or all answered, can wait: one that is neither "
    "cannot") {
  const ProbePlan plan(64, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (int i = 0; i < 12; ++i) host.start(Time{});
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
  host.take(20, {.state = PortState::closed, .reason = Reason::conn_refused, .rtt = 40ms}, now);
  CHECK(host.patient_at() <= now);
  host.take(21, silent(), now);
  CHECK(host.pressing_at() <= now);
  CHECK(host.patient_at() == Time::max());
}

TEST_CASE("A SYN lost on its way to a CLS port is asked again, before its first try is given up") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  const auto asked_twice = [&] {
    auto host = std::make_unique<HostScan>(Address(), plan, rules);
    for (int i = 0; i < 12; ++i) host->start(Time{});
    for (const TryId answered : {0U, 1U, 2U, 3U, 5U}) host->take(answered, open_after(30ms), Time{30ms});
    return host;
  };
  const Time again = Time{} + 400ms + rules.retry_pause;
  const auto second = asked_twice();
  const auto& port = second->evidence().ports[4];  // 50002
  REQUIRE(second->start(Time{31ms}).id != try_of(4, 2));
  while (second->ready_at() < again) second->start(second->ready_at());
  CHECK(second->start(again).id == try_of(4, 2));
  second->take(try_of(4, 2), open_after(30ms), again + 30ms);
  CHECK(port.state == PortState::open);
  CHECK(port.attempts == 2);
  CHECK(port.asked == again);
  CHECK(port.answered_late());
  second->take(4, silent(), Time{950ms});
  CHECK(port.state == PortState::open);
  CHECK(port.asked == again);
}

TEST_CASE("An answer that comes after its port was asked again was not lost") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (int i = 0; i < 12; ++i) host.start(Time{});
  CHECK(host.start(Time{700ms}).id == try_of(0, 2));
  host.take(0, open_after(800ms), Time{800ms});
  CHECK(host.evidence().ports[0].attempts == 2);
  CHECK_FALSE(host.evidence().ports[0].answered_late());
  CHECK(host.evidence().ports[0].asked == Time{});
  host.take(try_of(0, 2), open_after(790ms), Time{1490ms});
  CHECK_FALSE(host.evidence().ports[0].answered_late());
  CHECK(host.evidence().syn_ack_rtts.size() == 2);
}

TEST_CASE("A service that answers takes back the third try of the others, and leaves them the second") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (int i = 0; i < 12; ++i) host.start(Time{});
  for (TaskId cls = 3; cls < 6; ++cls) host.take(cls, {PortState::closed, Reason::conn_refused, 9ms}, Time{});
  REQUIRE(host.start(Time{700ms}).id == try_of(0, 2));  // whose third would follow
  host.take(2, open_after(20ms), Time{720ms});
  CHECK(host.start(Time{720ms}).id == try_of(1, 2));
  while (host.ready_at() < Time{30s}) CHECK(host.start(host.ready_at()).task > 11);
}

TEST_CASE("At a slow pace every service and CLS port is asked once before any of them is asked again") {
  const auto scan = scanned({.service = Behaviour::ignore}, {.host_rate = 1});
  for (std::size_t i = 0; i < 6; ++i) CHECK(scan.started[i].probe.task == i);
}

TEST_CASE("Equal silences of the sample and the controls are not worth a second packet") {
  const auto scan = scanned(case_of('C'));
  CHECK(most_attempts(scan.evidence, Role::sample) == 1);
  CHECK(most_attempts(scan.evidence, Role::control) == 1);
  CHECK(reason_of(scan) == "range-silent");
}

TEST_CASE("A silent CLS port is asked thrice at once, and once more when the sample is through") {
  const auto scan = scanned(case_of('C'));
  CHECK(most_attempts(scan.evidence, Role::cls) == 4);
  REQUIRE(scan.started.size() > 4);
  for (std::size_t i = scan.started.size() - 4; i < scan.started.size() - 1; ++i)
    CHECK(is_cls_port(scan.started[i].probe.port));
  CHECK(scan.started.back().probe.port == 443);
}

TEST_CASE("An agent behind a spell of loss as long as the scan is found once the spell is over") {
  // 443 is heard again at its third try; CLS ports, sample and their retries all fall into the spell.
  Host host = case_of('A');
  host.deaf_from = Time{} + 100ms;
  for (const auto spell : {500ms, 1500ms, 3000ms}) {
    INFO(spell.count());
    host.deaf_until = host.deaf_from + spell;
    CHECK(reason_of(scanned(host, {.host_rate = 100})) == "cls-ports-open");
  }
}

TEST_CASE("A spell of loss at the end leaves the agent's ports lasting, and blames no intrusion prevention") {
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

TEST_CASE("Where packets were lost and the range was silent, the sample is asked again after the bracket") {
  Host host = case_of('C');
  host.range = Behaviour::refuse;
  host.deaf_from = Time{} + 150ms;
  host.deaf_until = host.deaf_from + 3000ms;
  const auto scan = scanned(host, {.host_rate = 100});
  REQUIRE(scan.evidence.bracket->attempts > 1);
  CHECK(reason_of(scan) == "range-answers");
}

TEST_CASE("Silent controls are asked again once the range has answered, for now their silence is evidence") {
  const auto scan = scanned(case_of('B'));
  CHECK(most_attempts(scan.evidence, Role::control) == 2);
  CHECK(most_attempts(scan.evidence, Role::sample) == 1);
}

TEST_CASE("Controls are asked again beside the sample, not after it") {
  const auto scan = scanned(case_of('B'), {.host_rate = 100});
  std::size_t controls_again = 0;
  for (const auto& started : scan.started) {
    if (number_of(started.probe.id) == 2 && !in_media_range(started.probe.port)) ++controls_again;
    if (started.probe.port == scan.evidence.ports[75].port && asks_port(started.probe.task)) break;
  }
  CHECK(controls_again >= 6);
}

TEST_CASE("Where packets are being lost, a silence that is evidence is asked a third time") {
  Host host = case_of('B');
  host.cls = Behaviour::refuse;
  host.deaf_until = Time{} + 100ms;
  host.deaf_from = Time{};
  CHECK(most_attempts(scanned(host).evidence, Role::control) >= 3);
}

TEST_CASE(
    "A spell of loss over the first look at the controls makes no open range of a firewall that refuses") {
  Host host = case_of('D');
  host.rtt = 20ms;
  host.front_rtt = 12ms;
  host.deaf_from = Time{} + 25ms;
  for (const auto spell : {500ms, 1000ms, 1900ms, 2500ms}) {
    INFO(spell.count());
    host.deaf_until = host.deaf_from + spell;
    CHECK(reason_of(scanned(host, {.host_rate = 100})) == "range-rejected");
  }
}

TEST_CASE(
    "Where all CLS ports are open, half of a sample that is all silent is enough, unless all is wanted") {
  const auto sampled = [](const ScanRules& rules) {
    const auto scan = scanned(case_of('A'), rules);
    REQUIRE(reason_of(scan) == "cls-ports-open");
    return classify(scan.evidence).range.sampled;
  };
  CHECK(sampled({}) == 32);
  CHECK(sampled({.host_rate = 100}) == 32);
  CHECK(sampled({.host_rate = 0}) == 32);
  CHECK(sampled({.whole_sample = true}) == 64);
}

TEST_CASE("A silent service is asked again until one answers, and the others once more") {
  const auto living = scanned(case_of('C')).evidence;
  CHECK(port_of(living, 443).attempts == 1);
  CHECK(port_of(living, 3478).attempts == 2);
  const auto dead = scanned({.service = Behaviour::ignore}).evidence;
  CHECK(most_attempts(dead, Role::service) == 3);
  CHECK_FALSE(dead.bracket);
}

TEST_CASE("Without retries nothing is asked twice") {
  const auto scan = scanned(case_of('A'), {.retries = 0});
  for (const Role role : {Role::service, Role::cls, Role::control, Role::sample})
    CHECK(most_attempts(scan.evidence, role) == 1);
}

TEST_CASE("Open CLS ports are watched at the end, and the bracket comes last of all") {
  const auto scan = scanned(case_of('A'));
  REQUIRE(scan.started.size() > 4);
  for (std::size_t i = scan.started.size() - 4; i < scan.started.size() - 1; ++i) {
    CHECK(scan.started[i].probe.technique == Technique::watch);
    CHECK(is_cls_port(scan.started[i].probe.port));
  }
  CHECK(scan.started.back().probe.port == 443);
  CHECK(scan.evidence.confirm.size() == 3);
  REQUIRE(scan.evidence.bracket);
  CHECK(scan.evidence.bracket->state == PortState::open);
}

TEST_CASE("Where the range stays silent the last words follow the sample's last SYN, not its last silence") {
  // At this pace the sample's last SYN comes after the third tries of the CLS ports.
  const auto scan = scanned(case_of('C'), {.host_rate = 20});
  const TaskId last_of_sample = port_task(ProbePlan(64, 1).size() - 1);
  CHECK(started_at(scan, bracket_task) - started_at(scan, last_of_sample) < 300ms);
}

TEST_CASE("The tries of a silent CLS port are spread over more than a spell of loss lasts, at any pace") {
  for (const double rate : {0.0, 100.0, 20.0, 4.0}) {
    INFO(rate);
    const auto scan = scanned(case_of('C'), {.host_rate = rate});
    for (const TaskId cls : {3U, 4U, 5U})
      CHECK(started_at(scan, try_of(cls, 4)) - started_at(scan, cls) >= 2500ms);
  }
}

TEST_CASE("Where the sample goes on after last words half-way, they are spoken again at its end") {
  // Silence and ICMP errors mixed: half of the sample is not enough. In its second half the host is blocked.
  Host host = case_of('A');
  host.range = Behaviour::icmp;
  host.passed_from = 55000;
  host.blocks_after = 35;
  const auto scan = scanned(host, {.host_rate = 100}, 100);
  CHECK(reason_of(scan) == "cls-ports-open");
  CHECK(scan.evidence.forgotten > 0);
  CHECK_FALSE(scan.evidence.bracket->answered());
}

TEST_CASE("A service heard only after early last words is the bracket of those at the end") {
  Host host{.cls = Behaviour::ignore, .range = Behaviour::ignore, .outside = Behaviour::ignore, .rtt = 100ms};
  host.deaf_from = Time{};
  host.deaf_until = Time{} + 1600ms;  // 443 answers its third try
  const auto scan = scanned(host, {.host_rate = 100});
  REQUIRE(port_of(scan.evidence, 443).answered_late());
  REQUIRE(scan.evidence.bracket);
  CHECK(scan.evidence.bracket->answered());
  CHECK(packets_were_lost(scan.evidence));
}

TEST_CASE("The bracket comes after every port of a search for boundaries, though the search was resumed") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  host.loss = 0.1;
  std::size_t resumed = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto scan = scanned(host, {.host_rate = 100}, 64, seed);
    resumed += scan.evidence.forgotten > 0 ? 1U : 0U;
    Time last_boundary{};
    Time last_bracket{};
    for (const auto& [probe, at] : scan.started) {
      const bool boundary = asks_port(probe.task) && scan.evidence.ports[probe.task].role == Role::boundary;
      if (boundary && number_of(probe.id) == 1) last_boundary = at;
      if (probe.task == bracket_task) last_bracket = at;
    }
    CHECK(last_bracket > last_boundary);
  }
  CHECK(resumed > 0);
}

TEST_CASE("With many retries the tries of one port keep apart, and a dark host is not waited for long") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  host.loss = 0.2;
  const auto scan = scanned(host, {.host_rate = 100, .retries = 8});
  std::map<TaskId, Time> last;
  for (const auto& [probe, at] : scan.started) {
    const auto before = last.find(probe.task);
    if (before != last.end() && asks_port(probe.task)) CHECK(at - before->second >= 150ms);
    last[probe.task] = at;
  }
  Host dark = case_of('A');
  dark.blocks_after = 20;
  CHECK(scanned(dark, {.host_rate = 100, .retries = 10}).started.back().at < Time{} + 25s);
}

TEST_CASE("What answers after early last words is followed up, and the last words are spoken again") {
  // The only port in the first half of the sample that is passed is its last, and answers after the last SYN.
  const ProbePlan plan(64, 1);
  const Port last_of_half = plan.ports()[plan.size() - plan.sample_half() - 1].port;
  Host host{.cls = Behaviour::accept, .range = Behaviour::refuse, .rtt = 300ms};
  host.passed_from = last_of_half;
  host.passed_to = last_of_half;
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(reason_of(scan) == "cls-ports-open");
  CHECK(port_of(scan.evidence, last_of_half).state == PortState::closed);
  CHECK(classify(scan.evidence).range.sampled == 64);
  CHECK(scan.evidence.forgotten > 0);
  CHECK(scan.evidence.bracket->answered());
}

TEST_CASE("A host that went dark in mid-scan is not searched for the ends of an opening") {
  Host host{.range = Behaviour::refuse};
  host.blocks_after = 30;
  const auto scan = scanned(host, {.host_rate = 100});
  REQUIRE_FALSE(scan.evidence.bracket->answered());
  CHECK(most_attempts(scan.evidence, Role::boundary) == 0);
}

TEST_CASE(
    "Where one silence of a search for boundaries was a lost packet, the others are asked again at once") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  const auto lossless = scanned(host, {.host_rate = 100});
  const auto first_boundary = std::find_if(
      lossless.started.begin(), lossless.started.end(),
      [&](const Started& started) { return asks_port(started.probe.task) && started.probe.task >= 76; });
  REQUIRE(first_boundary != lossless.started.end());
  host.deaf_from = first_boundary->at;
  host.deaf_until = host.deaf_from + 600ms;
  const auto scan = scanned(host, {.host_rate = 100});
  const auto spans = classify(scan.evidence).range.spans;
  REQUIRE(spans);
  CHECK(spans->front().first == 52345);
  CHECK(spans->front().last == 56789);
  CHECK(scan.started.back().at < lossless.started.back().at + 3s);
}

TEST_CASE("Only refusals from the range make a service be repeated for its RTT") {
  CHECK(scanned(case_of('A')).evidence.repeats == 0);
  const auto refused = scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse}).evidence;
  CHECK(refused.repeats == 5);
  CHECK(refused.syn_ack_rtts.size() == 1 + 5 + 1);  // 443, its repeats, the bracket
}

TEST_CASE("Where ports outside the range refuse as well, RTTs alone decide, and more of them are taken") {
  CHECK(scanned(case_of('D')).evidence.repeats == 12);
  CHECK(scanned(case_of('E')).evidence.repeats == 12);
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
    for (std::size_t i = 1; i < repeats.size(); ++i) CHECK(repeats[i] - repeats[i - 1] > 4);
  }
}

TEST_CASE("The ends of an opening are found to the port, and only the silences there are asked again") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  const auto scan = scanned(host);
  const auto spans = classify(scan.evidence).range.spans;
  REQUIRE(spans);
  REQUIRE(spans->size() == 1);
  CHECK(spans->front().first == 52345);
  CHECK(spans->front().last == 56789);
  for (const auto& port : scan.evidence.ports) {
    INFO(port.port);
    if (port.role == Role::boundary)
      CHECK(port.attempts == (port.port == 52344 || port.port == 56790 ? 2 : 1));
  }
}

TEST_CASE("An end of an opening that a lost packet made up is not taken for one") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  host.loss = 0.05;
  int exact = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto spans = classify(scanned(host, {}, 64, seed).evidence).range.spans;
    exact += spans && spans->size() == 1 && spans->front().first == 52345 && spans->front().last == 56789;
  }
  CHECK(exact >= 58);  // of 60
}

TEST_CASE("The timeout is learned from SYN-ACKs, never from a near firewall's refusals") {
  // nmap -T4's trap: a firewall that rejects after 5 ms before an Edge at 160 ms.
  const auto scan = scanned({.cls = Behaviour::accept,
                             .range = Behaviour::reject_in_front,
                             .outside = Behaviour::reject_in_front,
                             .rtt = 160ms,
                             .front_rtt = 5ms});
  CHECK(reason_of(scan) == "cls-ports-open");
  for (const auto& started : scan.started) CHECK(started.probe.wait >= 500ms);
}

TEST_CASE("Before an RTT is known a further try waits twice as long, and once it is known no longer") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0, .longest_wait = 10s};
  HostScan host(Address(), plan, rules);
  Time now{};
  for (int i = 0; i < 12; ++i) CHECK(host.start(now).wait == one_syn_wait);
  now += 950ms;
  host.take(3, silent(), now);
  now += rules.retry_pause;
  CHECK(host.start(now).wait == 2 * one_syn_wait);
  host.take(0, open_after(20ms), now);
  host.take(4, silent(), now);
  now += rules.retry_pause;
  CHECK(host.start(now).wait == 500ms);
}

TEST_CASE("An RTT that was not measured teaches nothing") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0, .longest_wait = 1900ms};
  HostScan host(Address(), plan, rules);
  for (int i = 0; i < 12; ++i) host.start(Time{});
  host.take(0, open_after(Duration::zero()), Time{1100ms});
  CHECK(host.evidence().syn_ack_rtts.empty());
  host.take(3, silent(), Time{1200ms});
  CHECK(host.start(Time{1500ms}).wait == 2 * one_syn_wait);
}

TEST_CASE("What a second try is refused takes not back that the first was accepted") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (int i = 0; i < 12; ++i) host.start(Time{});
  for (const TaskId again : {0U, 1U, 2U, 3U}) CHECK(host.start(Time{700ms}).id == try_of(again, 2));
  host.take(3, open_after(800ms), Time{800ms});
  host.take(try_of(3, 2), {.state = PortState::closed, .reason = Reason::conn_refused, .rtt = 800ms},
            Time{1500ms});
  CHECK(host.evidence().ports[3].state == PortState::open);
}

TEST_CASE("A failure of ours takes nothing back that was judged before") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (int i = 0; i < 12; ++i) host.start(Time{});
  host.take(3, silent(), Time{1s});
  host.start(Time{2s});
  host.take(3, {.state = PortState::unknown, .reason = Reason::local_error, .error_number = 24}, Time{2s});
  CHECK(host.evidence().ports[3].state == PortState::filtered);
}

TEST_CASE("A failure of ours is made good even if the port's silence was noted meanwhile") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (int i = 0; i < 12; ++i) host.start(Time{});
  host.take(3, {.state = PortState::unknown, .reason = Reason::local_error, .error_number = 24}, Time{1ms});
  for (const TaskId other : {0U, 1U, 2U, 4U, 5U}) host.take(other, open_after(20ms), Time{20ms});
  CHECK(host.ready_at() == Time{1ms} + rules.retry_pause);
}

TEST_CASE("A failure of ours leaves the silence of a recheck standing, and is tried again") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  Time now{};
  const auto bracket = [&] { return host.evidence().bracket; };
  while (!bracket()) {
    now = std::max(now, host.ready_at());
    const HostProbe probe = host.start(now);
    host.take(probe.task, probe.port == 443 ? open_after(20ms) : silent(), now);
  }
  while (bracket()->attempts < 3) {
    now = std::max(now, host.ready_at());
    const HostProbe probe = host.start(now);
    const bool first = probe.task == bracket_task && bracket()->attempts == 1;
    host.take(probe.task, first ? silent() : ProbeOutcome{.reason = Reason::local_error}, now);
  }
  CHECK(bracket()->reason == Reason::no_response);
}

TEST_CASE("A probe that was given back comes again, and its attempt does not count") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  CHECK(host.address() == Address());
  REQUIRE(host.start(Time{}).task == 0);
  host.give_back(0, Time{});
  CHECK(host.evidence().ports[0].attempts == 0);
  for (const TaskId other : {1U, 2U, 3U, 4U, 5U}) CHECK(host.start(Time{}).task == other);
  CHECK(host.start(Time{rules.retry_pause}).task == 0);
  CHECK(host.evidence().ports[0].attempts == 1);
  CHECK(host.evidence().ports[0].asked == Time{rules.retry_pause});
}

TEST_CASE("A stopped scan starts nothing more, and ends when its last probe does") {
  const ProbePlan plan(8, 1);
  const ScanRules rules;
  HostScan host(Address(), plan, rules);
  host.start(Time{});
  host.stop();
  CHECK(host.ready_at() == Time::max());
  CHECK_FALSE(host.finished());
  host.take(0, open_after(10ms), Time{10ms});
  CHECK(host.finished());
  CHECK(host.evidence().ports[0].state == PortState::open);
  CHECK(host.evidence().ports[1].reason == Reason::not_run);
}

TEST_CASE("Each case of the design's table gets its verdict from a scan without loss") {
  const std::map<char, std::string> expected{
      {'A', "cls-ports-open"}, {'B', "cls-ports-open"},     {'C', "range-silent"}, {'D', "range-rejected"},
      {'E', "cls-ports-open"}, {'F', "accepts-everything"}, {'G', "range-silent"}};
  for (const auto& [letter, reason] : expected) {
    INFO(letter);
    CHECK(reason_of(scanned(case_of(letter))) == reason);
  }
  CHECK(reason_of(scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse})) == "range-answers");
  CHECK(reason_of(
            scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse, .outside = Behaviour::refuse})) ==
        "no-firewall");
  CHECK(reason_of(scanned({.cls = Behaviour::icmp, .range = Behaviour::icmp, .outside = Behaviour::icmp})) ==
        "range-rejected");
  CHECK(reason_of(scanned({.service = Behaviour::ignore})) == "no-answer");
}

TEST_CASE(
    "An intrusion prevention system that drops us part-way costs no exposure and makes no host closed") {
  for (const unsigned ports : {1U, 5U, 20U, 40U}) {
    INFO(ports);
    Host exposed = case_of('A');
    exposed.blocks_after = ports;
    CHECK(reason_of(scanned(exposed)) == "cls-ports-open");
    Host silent_host = case_of('C');
    silent_host.blocks_after = ports + 3;
    CHECK(reason_of(scanned(silent_host)) == "blocked-during-scan");
  }
}

TEST_CASE("At 5 % loss no host with CLS is called closed, and the cases keep their verdicts") {
  int wrong = 0;
  for (const char letter : {'A', 'B', 'C', 'D', 'E', 'F'}) {
    Host host = case_of(letter);
    host.loss = 0.05;
    const auto truth = classify(scanned(case_of(letter)).evidence).verdict;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      const auto verdict = classify(scanned(host, {}, 64, seed).evidence).verdict;
      if (letter == 'A' || letter == 'B' || letter == 'E') CHECK(verdict != Verdict::closed);
      wrong += verdict == truth ? 0 : 1;
    }
  }
  CHECK(wrong <= 1);  // of 300
}

TEST_CASE("No host sees more than its pace in any second, the kernel's resends counted") {
  for (const double rate : {1.0, 4.0, 20.0, 100.0}) {
    for (const char letter : {'A', 'B', 'C', 'D', 'F', 'X'}) {
      // The longer wait, which makes the kernel resend, and a path on which every probe is resent.
      for (const auto& [longest_wait, rtt] :
           {std::pair(950ms, 40ms), std::pair(1900ms, 40ms), std::pair(1900ms, 700ms)}) {
        Host host = case_of(letter);
        host.rtt = rtt;
        host.loss = 0.1;
        if (letter == 'X') host.service = Behaviour::ignore;
        INFO(letter << " at " << rate << "/s, RTT " << rtt.count());
        const auto syns = scanned(host, {.host_rate = rate, .longest_wait = longest_wait}).syns;
        CHECK(static_cast<double>(most_within(syns, 1s)) <= rate);
        CHECK(static_cast<double>(most_within(syns, 10s)) <= 10 * rate + 1);
      }
    }
  }
}

TEST_CASE(
    "Whatever comes of its probes, a scan ends, asks each port retries + 1 times at most and four times more "
    "at the end, and counts each try") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const ScanRules rules{.host_rate = *rc::gen::element(0.0, 4.0, 100.0),
                          .retries = *rc::gen::inRange(0U, 4U)};
    const ProbePlan plan(*rc::gen::inRange<std::size_t>(1, 40), seed);
    HostScan host(Address(), plan, rules);
    SeededRandom random(seed);
    std::vector<TryId> in_flight;
    Time now{};
    std::uint64_t starts = 0;
    const auto outcome = [&]() -> ProbeOutcome {
      switch (random.below(6)) {
        case 0:
          return open_after(Duration(static_cast<Duration::rep>(random.below(2'000'000'000))));
        case 1:
          return {.state = PortState::closed, .reason = Reason::conn_refused, .rtt = 5ms};
        case 2:
          return {.state = PortState::filtered, .reason = Reason::port_unreach, .rtt = 5ms};
        case 3:
          return {.state = PortState::unknown, .reason = Reason::local_error, .error_number = 99};
        default:
          return silent();
      }
    };
    const auto stop_after = *rc::gen::inRange(0, 400);
    for (int step = 0; !host.finished(); ++step) {
      RC_ASSERT(step < 4000);
      if (step == stop_after && seed % 2 == 0) host.stop();
      if (host.ready_at() <= now && (in_flight.empty() || random.below(2) == 0)) {
        in_flight.push_back(host.start(now).id);
        ++starts;
      } else if (!in_flight.empty()) {
        const auto chosen = static_cast<std::ptrdiff_t>(random.below(in_flight.size()));
        const TryId id = in_flight[static_cast<std::size_t>(chosen)];
        in_flight.erase(in_flight.begin() + chosen);
        if (random.below(10) == 0) {
          host.give_back(id, now);
          --starts;
        } else {
          host.take(id, outcome(), now);
        }
      } else if (!host.finished()) {
        RC_ASSERT(host.ready_at() < Time::max());
        now = std::max(now, host.ready_at());
      }
    }
    const unsigned most = rules.retries == 0 ? 1 : rules.retries + 1 + 4;
    for (const auto& port : host.evidence().ports) RC_ASSERT(port.attempts <= most);
    for (const auto& recheck : host.evidence().confirm) RC_ASSERT(recheck.attempts <= most);
    RC_ASSERT(host.evidence().repeats <= most_repeats);
    const ProbeLedger ledger = ledger_of(host.evidence());
    RC_ASSERT(ledger.adds_up());
    RC_ASSERT(ledger.attempts == starts);
    RC_ASSERT(!classify(host.evidence()).reasons.empty());
  }));
}
