#include "scanner/inquiry/host_scan.hpp"

#include <rapidcheck.h>

#include <map>
#include <string>

#include "scanner/survey/host_report.hpp"
#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "scanner/inquiry/second_look.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

TEST_CASE("A SYN lost on its way to a CLS port is asked again, before its first try is given up") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  const auto asked_twice = [&] {
    auto host = std::make_unique<HostScan>(Address(), plan, rules);
    for (std::size_t i = 0; i < before_sample; ++i) host->start(Time{});
    for (const TryId answered : {0U, 1U, 2U, 3U, 5U}) host->take(answered, open_after(30ms), Time{30ms});
    return host;
  };
  const Time again = Time{} + 150ms;
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
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
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
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
  for (TaskId cls = 3; cls < 6; ++cls) host.take(cls, {PortState::closed, Reason::conn_refused, 9ms}, Time{});
  REQUIRE(host.start(Time{700ms}).id == try_of(0, 2));  // whose third would follow
  host.take(2, open_after(20ms), Time{720ms});
  CHECK(host.start(Time{720ms}).id == try_of(1, 2));
  while (host.ready_at() < Time{30s}) CHECK(host.start(host.ready_at()).task >= before_sample);
}

TEST_CASE("Equal silences of the sample and the controls are not worth a second packet") {
  const auto scan = scanned(case_of('C'));
  CHECK(most_attempts(scan.evidence, Role::sample) == 1);
  CHECK(most_attempts(scan.evidence, Role::control) == 1);
  CHECK(reason_of(scan) == "range-silent");
}

TEST_CASE("Controls are asked again beside the sample, not after it") {
  const auto scan = scanned(case_of('B'), {.host_rate = 100, .whole_sample = true});
  std::size_t controls_again = 0;
  for (const auto& started : scan.started) {
    if (number_of(started.probe.id) == 2 && !in_media_range(started.probe.port)) ++controls_again;
    if (started.probe.port == scan.evidence.ports[whole_plan - 1].port && asks_port(started.probe.task))
      break;
  }
  CHECK(controls_again == 2);
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
  for (std::size_t i = 0; i < before_sample; ++i) CHECK(host.start(now).wait == one_syn_wait);
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
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
  host.take(0, open_after(Duration::zero()), Time{1100ms});
  CHECK(host.evidence().syn_ack_rtts.empty());
  host.take(3, silent(), Time{1200ms});
  CHECK(host.start(Time{1500ms}).wait == 2 * one_syn_wait);
}

TEST_CASE("What a second try is refused takes not back that the first was accepted") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
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
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
  host.take(3, silent(), Time{1s});
  host.start(Time{2s});
  host.take(3, {.state = PortState::unknown, .reason = Reason::local_error, .error_number = 24}, Time{2s});
  CHECK(host.evidence().ports[3].state == PortState::filtered);
}

TEST_CASE("A failure of ours is made good even if the port's silence was noted meanwhile") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  for (std::size_t i = 0; i < before_sample; ++i) host.start(Time{});
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

TEST_CASE(
    "A scan that is stopped while half of its sample is awaited was interrupted: that half may not be "
    "enough") {
  const ProbePlan plan(64, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  const std::size_t first_half = plan.size() - plan.sample_half();
  std::vector<TryId> awaited;
  Time now{};
  while (host.evidence().ports[first_half - 1].attempts == 0) {
    now = std::max(now, host.ready_at());
    awaited.push_back(host.start(now).id);
    if (awaited.size() == before_sample) host.take(awaited.front(), open_after(50ms), Time{50ms});
  }
  host.stop();
  for (std::size_t i = 1; i < awaited.size(); ++i) host.take(awaited[i], silent(), now + 1s);
  REQUIRE(host.finished());
  CHECK(host.evidence().ports.size() == plan.size());
  CHECK(to_string(classify(host.evidence()).reason) == "interrupted");
}

TEST_CASE("Second tries of CLS ports come sooner once an answer has shown how long answers take") {
  const auto second_try = [](Duration rtt) {
    Host host = case_of('C');
    host.rtt = rtt;
    const auto scan = scanned(host, {.host_rate = 0});
    return started_at(scan, try_of(3, 2)) - started_at(scan, try_of(3, 1));
  };
  CHECK(second_try(20ms) <= 160ms);
  CHECK(second_try(200ms) >= 300ms);
}

TEST_CASE("A search goes on as soon as its silences are late, though no answer comes") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345};
  host.rtt = 20ms;
  const auto scan = scanned(host, {.host_rate = 0});
  std::vector<Time> rounds;
  for (const auto& [probe, at] : scan.started) {
    const bool first = asks_port(probe.task) && number_of(probe.id) == 1 &&
                       scan.evidence.ports[probe.task].role == Role::boundary;
    if (first && (rounds.empty() || rounds.back() < at)) rounds.push_back(at);
  }
  REQUIRE(rounds.size() > 3);
  CHECK((rounds.back() - rounds.front()) / (rounds.size() - 1) < 160ms);  // each is awaited for 300 ms
}

TEST_CASE("There is nothing to look after unless something is awaited that could be late") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  CHECK(host.look_at() == Time::max());
  Time now{};
  while (!host.evidence().bracket) {
    now = std::max(now, host.ready_at());
    const HostProbe probe = host.start(now);
    host.take(probe.id, probe.port == 443 ? open_after(20ms) : silent(), now);
  }
  now = std::max(now, host.ready_at());
  const HostProbe bracket = host.start(now);
  REQUIRE(bracket.task == bracket_task);
  CHECK(host.look_at() > now);
  CHECK(host.look_at() < now + 200ms);
  now = host.look_at();
  host.look(now);
  CHECK(host.look_at() == Time::max());
  host.stop();
  host.look(now);
  CHECK(host.look_at() == Time::max());
}

TEST_CASE("In haste the bracket is asked again at once, and a fourth time when a spell must have passed") {
  Host host = case_of('C');
  host.rtt = 40ms;
  const ScanRules rules{.host_rate = 100};
  const Time first = started_at(scanned(host, rules), try_of(bracket_task, 1));
  host.deaf_from = first - 1ms;
  const auto scan = scanned(host, rules);
  CHECK(started_at(scan, try_of(bracket_task, 2)) < first + 200ms);
  CHECK(started_at(scan, try_of(bracket_task, 3)) < first + 700ms);
  CHECK(started_at(scan, try_of(bracket_task, 4)) >= std::max(first + 1000ms, Time{2700ms}));
  CHECK(started_at(scan, try_of(bracket_task, 5)) == Time::max());
}

TEST_CASE("A third try is awaited no longer than an answer takes") {
  Host host = case_of('C');
  host.rtt = 20ms;
  const auto scan = scanned(host, {.host_rate = 100});
  for (const auto& [probe, at] : scan.started)
    if (asks_port(probe.task) && is_cls_port(probe.port) && number_of(probe.id) > 2)
      CHECK(probe.wait == 150ms);
  CHECK(started_at(scan, try_of(3, 3)) < Time::max());
}

TEST_CASE(
    "A scan that is stopped before its last words was interrupted, though every planned port was judged") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0, .retries = 0};
  HostScan host(Address(), plan, rules);
  std::vector<TryId> asked;
  while (host.ready_at() <= Time{}) asked.push_back(host.start(Time{}).id);
  for (const TryId id : asked) host.take(id, id == asked.front() ? open_after(50ms) : silent(), Time{1s});
  while (host.evidence().ports.back().attempts == 0) asked.push_back(host.start(Time{1s}).id);
  host.stop();
  for (std::size_t i = before_sample; i < asked.size(); ++i) host.take(asked[i], silent(), Time{2s});
  REQUIRE(host.finished());
  CHECK(host.evidence().cut_short);
  CHECK(to_string(classify(host.evidence()).reason) == "interrupted");
}

TEST_CASE("A scan that is stopped once it has ended was not cut short") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0, .retries = 0};
  HostScan host(Address(), plan, rules);
  Time now{};
  while (!host.finished()) {
    REQUIRE(host.ready_at() <= now);
    const HostProbe probe = host.start(now);
    now += 1s;
    host.take(probe.id, probe.port == 443 ? open_after(50ms) : silent(), now);
  }
  host.stop();
  CHECK_FALSE(host.evidence().cut_short);
  CHECK(to_string(classify(host.evidence()).reason) == "range-silent");
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
  for (const unsigned ports : {1U, 5U, 20U, 30U}) {
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
                          .retries = *rc::gen::inRange(0U, 4U),
                          .whole_sample = *rc::gen::element(false, true)};
    const auto dark_from = *rc::gen::inRange(0, 800);
    const ProbePlan plan(*rc::gen::inRange<std::size_t>(1, 80), seed);
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
          host.take(id, step < dark_from ? outcome() : silent(), now);
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
