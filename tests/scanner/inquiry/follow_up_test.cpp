#include "scanner/inquiry/follow_up.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "scanner/inquiry/second_look.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

TEST_CASE(
    "Every silent CLS port is asked twice, and once more beside what follows, at any pace and distance, and "
    "the bracket comes last") {
  for (const char letter : {'C', 'G'}) {
    for (const double rate : {0.0, 4.0, 20.0, 100.0}) {
      for (const auto rtt : {20ms, 60ms, 200ms}) {
        INFO(letter << " at " << rate << "/s, RTT " << rtt.count());
        Host host = case_of(letter);
        host.rtt = rtt;
        const auto scan = scanned(host, {.host_rate = rate});
        for (std::size_t cls = 3; cls < 6; ++cls) CHECK(scan.evidence.ports[cls].attempts == 3);
        CHECK(started_at(scan, bracket_task) >= started_at(scan, port_task(scan.evidence.ports.size() - 1)));
      }
    }
  }
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

TEST_CASE("Silent CLS ports are asked once more though the sample answers and packets were lost before it") {
  Host host{.cls = Behaviour::accept, .range = Behaviour::icmp, .outside = Behaviour::icmp};
  host.deaf_from = Time{};
  for (Duration spell = 450ms; spell <= 1800ms; spell += 50ms) {
    INFO(std::chrono::duration_cast<std::chrono::milliseconds>(spell).count());
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

TEST_CASE("A spell of loss at the end of a slow scan is not taken for a host that has gone") {
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

TEST_CASE("Where packets were lost and the range was silent, the sample is asked again after the bracket") {
  Host host = case_of('C');
  host.range = Behaviour::refuse;
  host.deaf_from = Time{} + 150ms;
  host.deaf_until = host.deaf_from + 2400ms;
  const auto scan = scanned(host, {.host_rate = 100});
  REQUIRE(was_out_of_reach(scan.evidence));
  CHECK(reason_of(scan) == "range-answers");
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
    for (const unsigned retries : {1U, 2U, 3U, 4U}) {
      INFO(rate << ", retries " << retries);
      const auto scan = scanned(case_of('C'), {.host_rate = rate, .retries = retries});
      const unsigned last = std::max(2U, retries) + 1;
      for (const TaskId cls : {3U, 4U, 5U}) {
        CHECK(scan.evidence.ports[cls].attempts == last);
        CHECK(started_at(scan, try_of(cls, last)) < Time::max());
        CHECK(started_at(scan, try_of(cls, last)) - started_at(scan, cls) >= 2000ms);
      }
    }
  }
}

TEST_CASE("Where the sample goes on after last words half-way, they are spoken again at its end") {
  // The only port passed in the first half answers after its last SYN. In the second half the host is
  // blocked.
  const ProbePlan plan(64, 1);
  const TaskId last_of_half = port_task(plan.size() - plan.sample_half() - 1);
  Host host{.cls = Behaviour::accept, .range = Behaviour::refuse, .rtt = 300ms};
  host.passed_from = host.passed_to = plan.ports()[last_of_half].port;
  host.blocks_after = 60;
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(reason_of(scan) == "cls-ports-open");
  CHECK(scan.evidence.forgotten > 0);
  CHECK_FALSE(scan.evidence.bracket->answered());
}

TEST_CASE("Silent controls are asked again when a spell of loss must be over, and all once one is heard") {
  Host host = case_of('E');
  host.cls = Behaviour::refuse;
  host.rtt = 120ms;
  for (const auto spell : {60ms, 400ms, 900ms}) {
    for (const auto begins : {0ms, 40ms, 150ms, 300ms}) {
      INFO(begins.count() << " for " << spell.count());
      host.deaf_from = Time{} + begins;
      host.deaf_until = host.deaf_from + spell;
      const auto scan = scanned(host, {.host_rate = 100});
      CHECK(reason_of(scan) == "no-firewall");
      CHECK(silent_ports(scan.evidence, Role::control).empty());
    }
  }
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

TEST_CASE("Where a lost packet has shown by then, the last look does not wait for the last words") {
  Host host = case_of('C');
  const auto plain = scanned(host, {.host_rate = 100});
  host.deaf_from = Time{};
  host.deaf_until = Time{} + 5ms;  // 443 is heard at its second try
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(reason_of(scan) == "range-silent");
  CHECK(most_attempts(scan.evidence, Role::sample) == 3);
  CHECK(scan.started.back().at < plain.started.back().at + 1s);
}

TEST_CASE("A last look that was taken ahead is not taken again for one more packet that was lost") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  const auto tries_of_the_sample = [&](unsigned bracket_tries_lost) {
    HostScan host(Address(), plan, rules);
    for (Time now{}; !host.finished();) {
      now = std::max(now, host.ready_at());
      const HostProbe probe = host.start(now);
      // 443 is heard at its second try.
      const bool lost = number_of(probe.id) <= (probe.task == bracket_task ? bracket_tries_lost : 1);
      host.take(probe.id, probe.port == 443 && !lost ? open_after(20ms) : silent(), now);
    }
    CHECK(host.evidence().bracket->answered());
    return most_attempts(host.evidence(), Role::sample);
  };
  CHECK(tries_of_the_sample(1) == 3);
  CHECK(tries_of_the_sample(2) == 5);
}

TEST_CASE("Last words that were spoken beside a search are spoken again once more ports were asked") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  host.loss = 0.1;
  std::size_t again = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto scan = scanned(host, {.host_rate = 100}, 64, seed);
    again += scan.evidence.forgotten > 0 ? 1U : 0U;
    REQUIRE(scan.evidence.bracket);
    CHECK(scan.evidence.bracket->answered());
  }
  CHECK(again > 0);
}

TEST_CASE(
    "Where nothing answers any more since a service was repeated, the bracket is asked, and the sample of a "
    "host that has gone dark left out") {
  Host host{.range = Behaviour::refuse, .blocks_after = 14};
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(reason_of(scan) == "range-answers");
  CHECK_FALSE(scan.evidence.bracket->answered());
  CHECK(scan.evidence.ports.size() < half_plan);
}

TEST_CASE("A spell of loss in mid-scan leaves nothing of the sample out") {
  struct Spell {
    double rate;
    Duration from;
    Duration length;
  };
  for (const auto& [rate, from, length] :
       {Spell{100, 700ms, 2000ms}, Spell{20, 2s, 2000ms}, Spell{4, 8s, 3500ms}}) {
    INFO(rate);
    Host host{.range = Behaviour::refuse, .passed_from = 55000};
    host.deaf_from = Time{} + from;
    host.deaf_until = Time{} + from + length;
    const auto scan = scanned(host, {.host_rate = rate});
    CHECK(reason_of(scan) == "range-answers");
    CHECK(scan.evidence.forgotten > 0);
    CHECK(scan.evidence.bracket->answered());
    CHECK(sample_of(scan.evidence) == 64);
  }
}

TEST_CASE("Where all of the sample is wanted, it is asked of a host that has gone dark, too") {
  Host host{.range = Behaviour::refuse, .blocks_after = 16};
  for (const unsigned retries : {0U, 1U, 2U}) {
    const auto scan = scanned(host, {.host_rate = 100, .retries = retries, .whole_sample = true});
    CHECK(scan.evidence.ports.size() == whole_plan);
  }
}

TEST_CASE("A host that went dark before its sample was asked was not interrupted") {
  Host host{.cls = Behaviour::refuse, .blocks_after = 3};
  for (const double rate : {4.0, 0.2})
    for (const std::size_t sample : {1U, 4U, 6U})
      CHECK(reason_of(scanned(host, {.host_rate = rate, .retries = 1}, sample)) != "interrupted");
}

TEST_CASE("The last words do not wait for tries of CLS ports whose time has not come") {
  const auto scan = scanned(case_of('C'), {.host_rate = 0});
  CHECK(started_at(scan, bracket_task) < started_at(scan, try_of(3, 3)));
  CHECK(started_at(scan, try_of(3, 3)) < Time::max());
}

TEST_CASE(
    "That a host is gone is not concluded before a spell since its first SYN could be over, nor later") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  std::vector<Time> brackets;
  for (Time now{}; !host.finished();) {
    now = std::max(now, host.ready_at());
    const HostProbe probe = host.start(now);
    if (probe.task == bracket_task) brackets.push_back(now);
    // 443 is heard at its second try, and never again.
    host.take(probe.id, probe.id == try_of(0, 2) ? open_after(20ms) : silent(), now);
  }
  REQUIRE(brackets.size() == 4);
  CHECK(brackets.back() == Time{2700ms});
}

TEST_CASE("The last try of a silent CLS port is made good when it fails at home") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (Time now{}; !host.finished();) {
    now = std::max(now, host.ready_at());
    const HostProbe probe = host.start(now);
    const bool fails = asks_port(probe.task) && is_cls_port(probe.port) && number_of(probe.id) == 3;
    if (fails)
      host.take(probe.id, {.reason = Reason::local_error}, now);
    else
      host.take(probe.id, probe.port == 443 ? open_after(20ms) : silent(), now);
  }
  for (const Port port : cls_ports) {
    CHECK(port_of(host.evidence(), port).attempts == 4);
    CHECK(port_of(host.evidence(), port).given_up == 3);
  }
}

TEST_CASE("Last words are spoken again where a try that failed at home before them is made good after them") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  std::vector<TryId> sample;
  for (Time now{}; !host.finished();) {
    if (host.ready_at() == Time::max()) {
      for (const TryId id : std::exchange(sample, {})) host.take(id, silent(), now);
      continue;
    }
    now = std::max(now, host.ready_at());
    const HostProbe probe = host.start(now);
    const bool fails = asks_port(probe.task) && is_cls_port(probe.port) && number_of(probe.id) < 3;
    if (in_media_range(probe.port) && !is_cls_port(probe.port))
      sample.push_back(probe.id);
    else if (fails)
      host.take(probe.id, {.reason = Reason::local_error}, now);
    else
      host.take(probe.id, probe.port == 443 ? open_after(20ms) : silent(), now);
  }
  CHECK(host.evidence().forgotten > 0);
}
