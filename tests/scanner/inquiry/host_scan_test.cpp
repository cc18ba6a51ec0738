#include "scanner/inquiry/host_scan.hpp"

#include <rapidcheck.h>

#include <map>
#include <string>

#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "scanner/survey/host_report.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

TEST_CASE("Without retries nothing is asked twice") {
  const auto scan = scanned(case_of('A'), {.retries = 0});
  for (const Role role : {Role::service, Role::cls, Role::control, Role::sample})
    CHECK(most_attempts(scan.evidence, role) == 1);
}

TEST_CASE("A probe that was returned unsent comes again, and its attempt does not count") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 4};
  HostScan host(Address(), plan, rules);
  CHECK(host.address() == Address());
  const auto first = host.start(Time{});
  REQUIRE(first);
  REQUIRE(first->port == 443);
  host.return_unsent(first->id, Time{});
  CHECK(host.evidence().ports[0].attempts == 0);
  CHECK_FALSE(
      host.start(Time{}));  // its turn is paid for: nothing is asked over and over without a descriptor
  const Time next = host.ready_at();
  CHECK(next > Time{});
  const auto again = host.start(next);
  REQUIRE(again);
  CHECK(again->port == 443);
  CHECK(again->id != first->id);
  CHECK(host.evidence().ports[0].attempts == 1);
  CHECK(host.evidence().ports[0].asked == next);
}

TEST_CASE("Whatever is returned unsent, whenever that is, every port is asked and the verdict is the same") {
  for (const char letter : {'A', 'B', 'C', 'D', 'E', 'F'}) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const ProbePlan plan(64, 1);
      const ScanRules rules{.host_rate = 100};
      HostModel model(case_of(letter), seed);
      HostScan host(Address(), plan, rules);
      SeededRandom random(seed);
      std::multimap<Time, std::pair<AttemptId, std::optional<ProbeOutcome>>> arrivals;
      Time now{};
      for (int steps = 0; !host.finished(); ++steps) {
        REQUIRE(steps < 20'000);
        const Time arrival = arrivals.empty() ? Time::max() : arrivals.begin()->first;
        now = std::max(now, std::min({arrival, host.ready_at(), host.look_at()}));
        if (arrival <= now) {
          const auto [id, outcome] = arrivals.begin()->second;
          arrivals.erase(arrivals.begin());
          outcome ? host.on_result(id, *outcome, now) : host.return_unsent(id, now);
        } else if (const auto probe = host.ready_at() <= now ? host.start(now) : std::nullopt) {
          if (random.below(4) == 0) {
            arrivals.emplace(now + 1ms * static_cast<Duration::rep>(random.below(50)),
                             std::pair(probe->id, std::nullopt));
          } else {
            const Reply reply = model.probe(*probe, now);
            arrivals.emplace(reply.at, std::pair(probe->id, reply.outcome));
          }
        } else if (host.look_at() <= now) {
          host.look(now);
        }
      }
      INFO(letter << ", seed " << seed);
      CHECK(ports_not_run(host.evidence()) == 0);
      CHECK(classify(host.evidence()).verdict == classify(scanned(case_of(letter)).evidence).verdict);
    }
  }
}

TEST_CASE("A probe that left late holds the host's next one back") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 4};
  HostScan host(Address(), plan, rules);
  REQUIRE(host.start(Time{}));
  host.on_sent(Time{700ms});
  CHECK_FALSE(host.start(host.ready_at()));
  CHECK(host.ready_at() >= Time{950ms});
  CHECK(host.start(host.ready_at()));
}

TEST_CASE("A stopped scan starts nothing more, and ends when its last probe does") {
  const ProbePlan plan(8, 1);
  const ScanRules rules;
  HostScan host(Address(), plan, rules);
  const auto probe = host.start(Time{});
  host.stop(Time{});
  CHECK(host.ready_at() == Time::max());
  CHECK(host.look_at() == Time::max());
  CHECK_FALSE(host.start(Time{10s}));
  CHECK_FALSE(host.finished());
  host.on_result(probe->id, open_after(10ms), Time{10ms});
  CHECK(host.finished());
  CHECK(host.evidence().ports[0].state == PortState::open);
  CHECK(host.evidence().ports[1].reason == Reason::not_run);
  CHECK(host.evidence().cut_short);
}

TEST_CASE(
    "A scan that is stopped while half of its sample is awaited was interrupted: that half may not be "
    "enough") {
  const ProbePlan plan(64, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  const std::size_t first_half = plan.size() - plan.sample_half();
  std::vector<AttemptId> awaited;
  Time now{};
  while (host.evidence().ports[first_half - 1].attempts == 0) {
    now = std::max(now, std::min(host.ready_at(), host.look_at()));
    host.look(now);
    if (const auto probe = host.start(now)) awaited.push_back(probe->id);
    if (awaited.size() == before_sample) host.on_result(awaited.front(), open_after(50ms), Time{50ms});
    if (awaited.size() == before_sample) awaited.push_back(awaited.front());
  }
  host.stop(now);
  const AttemptId answered = awaited.front();
  std::erase(awaited, answered);
  for (const AttemptId id : awaited) host.on_result(id, silent(), now + 1s);
  REQUIRE(host.finished());
  CHECK(host.evidence().ports.size() == plan.size());
  CHECK(to_string(classify(host.evidence()).reason) == "interrupted");
}

TEST_CASE(
    "A scan that is stopped before its liveness check was interrupted, though every planned port was "
    "judged") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0, .retries = 0};
  HostScan host(Address(), plan, rules);
  std::vector<AttemptId> asked;
  while (host.ready_at() <= Time{}) asked.push_back(host.start(Time{})->id);
  for (const AttemptId id : asked)
    host.on_result(id, id == asked.front() ? open_after(50ms) : silent(), Time{1s});
  const std::size_t before = asked.size();
  while (host.evidence().ports.back().attempts == 0) asked.push_back(host.start(Time{1s})->id);
  host.stop(Time{1s});
  for (std::size_t i = before; i < asked.size(); ++i) host.on_result(asked[i], silent(), Time{2s});
  REQUIRE(host.finished());
  CHECK(host.evidence().cut_short);
  CHECK(to_string(classify(host.evidence()).reason) == "interrupted");
}

TEST_CASE("A scan that is stopped, or looked at, once it has ended was not cut short") {
  for (const char letter : {'A', 'B', 'C', 'E', 'F'}) {
    const ProbePlan plan(64, 1);
    const ScanRules rules{.host_rate = 0};
    HostModel model(case_of(letter), 1);
    HostScan host(Address(), plan, rules);
    std::multimap<Time, std::pair<AttemptId, ProbeOutcome>> arrivals;
    for (Time now{}; !host.finished();) {
      now = std::max(now, std::min({host.ready_at(), host.look_at(),
                                    arrivals.empty() ? Time::max() : arrivals.begin()->first}));
      if (!arrivals.empty() && arrivals.begin()->first <= now) {
        host.on_result(arrivals.begin()->second.first, arrivals.begin()->second.second, now);
        arrivals.erase(arrivals.begin());
        continue;
      }
      host.look(now);
      if (const auto probe = host.start(now)) {
        const Reply reply = model.probe(*probe, now);
        arrivals.emplace(reply.at, std::pair(probe->id, reply.outcome));
      }
    }
    const std::size_t ports = host.evidence().ports.size();
    host.look(Time{1h});
    host.stop(Time{1h});
    CHECK(host.finished());
    CHECK_FALSE(host.evidence().cut_short);
    CHECK(host.evidence().ports.size() == ports);
    CHECK(host.unasked() == 0);
  }
}

TEST_CASE("A scan that is stopped at any time counts what was not run, and says so") {
  for (const char letter : {'A', 'B', 'C', 'E', 'F'}) {
    const ProbePlan plan(64, 1);
    for (Duration after = 0ms; after < 6s; after += 130ms) {
      HostModel model(case_of(letter), 1);
      const Evidence evidence = scan(model, plan, {.host_rate = 100}, {}, Time{} + after);
      INFO(letter << " after " << after.count());
      CHECK((evidence.cut_short || ports_not_run(evidence) == 0));
      CHECK(ledger_of(evidence).adds_up());
      const Judgement whole = classify(scanned(case_of(letter), {.host_rate = 100}).evidence);
      if (!evidence.cut_short) CHECK(classify(evidence).verdict == whole.verdict);
    }
  }
}

TEST_CASE("There is nothing to look after unless something is awaited that could be late") {
  const ProbePlan plan(1, 1);
  const ScanRules rules{.host_rate = 0};
  HostScan host(Address(), plan, rules);
  CHECK(host.look_at() == Time::max());
  Time now{};
  std::optional<HostProbe> check;
  while (!check) {
    now = std::max(now, host.ready_at());
    const auto probe = host.start(now);
    if (!probe) continue;
    if (probe->question == QuestionId::liveness)
      check = probe;
    else
      host.on_result(probe->id, probe->port == 443 ? open_after(20ms) : silent(), now);
  }
  CHECK(host.look_at() > now);
  CHECK(host.look_at() < now + 200ms);
  now = host.look_at();
  host.look(now);
  CHECK(host.look_at() == Time::max());
  host.stop(now);
  host.look(now);
  CHECK(host.look_at() == Time::max());
}

TEST_CASE("Each attempt is named in the order of its start, and knows what it was for") {
  const auto scan = scanned(case_of('A'));
  for (std::size_t i = 0; i < scan.started.size(); ++i) CHECK(scan.started[i].probe.id == i);
  CHECK(scan.started.front().probe.question == QuestionId::service);
  CHECK(scan.started.back().probe.question == QuestionId::liveness);
}

TEST_CASE("With many retries the attempts at one port keep apart") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  host.loss = 0.2;
  const auto scan = scanned(host, {.host_rate = 100, .retries = 8});
  for (const auto& port : scan.evidence.ports) {
    const auto attempts = attempts_at(scan, port.port);
    CHECK(attempts.size() == port.attempts);
    for (std::size_t i = 1; i < attempts.size(); ++i) CHECK(attempts[i] - attempts[i - 1] >= 150ms);
  }
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
      // The longer waits, which make the kernel resend, and a path on which every probe is resent.
      for (const auto& [timeout, rtt, late] :
           {std::tuple(950ms, 40ms, 0ms), std::tuple(1900ms, 40ms, 0ms), std::tuple(1900ms, 700ms, 0ms),
            std::tuple(950ms, 40ms, 2500ms), std::tuple(5000ms, 1200ms, 0ms)}) {
        Host host = case_of(letter);
        host.rtt = rtt;
        host.cls_late = late;
        host.loss = 0.1;
        if (letter == 'X') host.service = Behaviour::ignore;
        INFO(letter << " at " << rate << "/s, RTT " << rtt.count());
        const auto syns = scanned(host, {.host_rate = rate, .timeout = timeout}).syns;
        CHECK(static_cast<double>(most_within(syns, 1s)) <= rate);
        CHECK(static_cast<double>(most_within(syns, 10s)) <= 10 * rate + 1);
      }
    }
  }
}

TEST_CASE("A host that is promised less than a SYN a second gets no more over a longer time") {
  for (const char letter : {'A', 'C', 'X'}) {
    Host host = case_of(letter);
    if (letter == 'X') host.service = Behaviour::ignore;
    const auto syns = scanned(host, {.host_rate = 0.2}).syns;
    INFO(letter);
    CHECK(most_within(syns, 100s) <= 20 + 4);
  }
}

TEST_CASE(
    "Whatever comes of its probes, a scan ends, asks each port as often as its questions may, and counts "
    "each "
    "attempt") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const ScanRules rules{.host_rate = *rc::gen::element(0.0, 4.0, 100.0),
                          .retries = *rc::gen::inRange(0U, 4U),
                          .patience = *rc::gen::element<Duration>(0ms, 500ms, 3s),
                          .whole_sample = *rc::gen::element(false, true)};
    const auto silent_from = *rc::gen::inRange(0, 800);
    const bool fails_always = *rc::gen::inRange(0, 5) == 0;
    const ProbePlan plan(*rc::gen::inRange<std::size_t>(1, 80), seed);
    HostScan host(Address(), plan, rules);
    SeededRandom random(seed);
    std::vector<AttemptId> in_flight;
    Time now{};
    std::uint64_t starts = 0;
    const auto outcome = [&]() -> ProbeOutcome {
      switch (random.below(6)) {
        case 0:
          return open_after(Duration(static_cast<Duration::rep>(random.below(2'000'000'000))));
        case 1:
          return refused_after(5ms + 1ms * static_cast<Duration::rep>(random.below(50)));
        case 2:
          return {.state = PortState::filtered, .reason = Reason::port_unreach, .rtt = 5ms};
        case 3:
          return failed_here();
        default:
          return silent();
      }
    };
    const auto stop_after = *rc::gen::inRange(0, 400);
    bool stopped = false;
    for (int step = 0; !host.finished(); ++step) {
      RC_ASSERT(step < 6000);
      if (step == stop_after && seed % 2 == 0) {
        host.stop(now);
        stopped = true;
      }
      if (host.ready_at() <= now && (in_flight.empty() || random.below(2) == 0)) {
        if (const auto probe = host.start(now)) {
          in_flight.push_back(probe->id);
          ++starts;
        }
      } else if (!in_flight.empty()) {
        const auto chosen = static_cast<std::ptrdiff_t>(random.below(in_flight.size()));
        const AttemptId id = in_flight[static_cast<std::size_t>(chosen)];
        in_flight.erase(in_flight.begin() + chosen);
        if (random.below(10) == 0) {
          host.return_unsent(id, now);
          --starts;
        } else if (fails_always && step > 100) {
          host.on_result(id, failed_here(), now);
        } else {
          host.on_result(id, step < silent_from ? outcome() : silent(), now);
        }
        if (random.below(4) == 0) now += 1ms * static_cast<Duration::rep>(random.below(400));
        if (random.below(4) == 0) host.look(now);
      } else if (!host.finished()) {
        RC_ASSERT(host.ready_at() < Time::max());
        now = std::max(now, host.ready_at());
      }
    }
    // Failures come on top: as many in a row as there are retries before something else is known of the port.
    const unsigned most = rules.retries == 0 ? 2 : 3 * (rules.retries + 3);
    for (const auto& port : host.evidence().ports) RC_ASSERT(port.attempts <= most);
    for (const auto& recheck : host.evidence().confirm) RC_ASSERT(recheck.attempts <= most);
    const ProbeLedger ledger = ledger_of(host.evidence());
    RC_ASSERT(ledger.adds_up());
    RC_ASSERT(ledger.attempts == starts);
    // What was returned unsent is not asked of a host that stopped responding meanwhile.
    const auto& check = host.evidence().liveness;
    RC_ASSERT(stopped || ledger.not_run == 0U || (check && !check->answered()));
    RC_ASSERT(stopped || !host.evidence().cut_short);
    RC_ASSERT(!classify(host.evidence()).reasons.empty());
  }));
}
