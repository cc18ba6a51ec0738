#include "scanner/inquiry/boundary_search.hpp"

#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

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
  const auto first_boundary =
      std::find_if(lossless.started.begin(), lossless.started.end(), [&](const Started& started) {
        return asks_port(started.probe.task) && started.probe.task >= whole_plan;
      });
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
  CHECK(exact >= 57);  // of 60
}

TEST_CASE("The search begins before the last silences of the sample are given up") {
  const Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  const auto scan = scanned(host, {.host_rate = 100});
  const ProbePlan plan(64, 1);
  Time sample_ended{};
  Time search_began = Time::max();
  for (const auto& [probe, at] : scan.started) {
    if (!asks_port(probe.task) || number_of(probe.id) > 1) continue;
    if (probe.task < plan.size()) sample_ended = std::max(sample_ended, at);
    if (probe.task >= plan.size()) search_began = std::min(search_began, at);
  }
  CHECK(search_began > sample_ended);
  CHECK(search_began < sample_ended + 300ms);
}

TEST_CASE("What a search asks first is awaited twice as long as what it asks again beside that") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  host.rtt = 20ms;
  const auto scan = scanned(host, {.host_rate = 100});
  bool any_second = false;
  for (const auto& [probe, at] : scan.started) {
    if (!asks_port(probe.task) || probe.task >= scan.evidence.ports.size()) continue;
    if (scan.evidence.ports[probe.task].role != Role::boundary) continue;
    any_second |= number_of(probe.id) == 2;
    CHECK(probe.wait == (number_of(probe.id) == 2 ? 150ms : 300ms));
  }
  CHECK(any_second);
}

TEST_CASE("In haste the silence that a round of a search rests on is asked again beside it, and no other") {
  Evidence evidence;
  evidence.ports = {{.port = 55000, .state = PortState::closed, .reason = Reason::conn_refused},
                    {.port = 55100, .role = Role::boundary},
                    {.port = 55150, .role = Role::boundary}};
  for (auto* silent : {&evidence.ports[1], &evidence.ports[2]}) {
    silent->state = PortState::filtered;
    silent->reason = Reason::no_response;
    silent->attempts = silent->given_up = 1;
  }
  const auto asks_again = [&](bool in_haste) {
    Evidence seen = evidence;
    const ScanRules rules{.host_rate = 100};
    Agenda agenda;
    BoundarySearch search(seen, rules, agenda);
    REQUIRE(search.plan(Time{1s}, in_haste));
    CHECK_FALSE(agenda.contains(port_task(2)));
    return agenda.contains(port_task(1));
  };
  CHECK(asks_again(true));
  CHECK_FALSE(asks_again(false));
}

TEST_CASE("Where answers take long a search asks more ports a round") {
  const auto asked_in_a_round = [](Duration rtt) {
    Evidence evidence;
    evidence.ports = {{.port = 55000, .state = PortState::closed, .reason = Reason::conn_refused},
                      {.port = 55100, .state = PortState::filtered, .reason = Reason::no_response}};
    evidence.syn_ack_rtts = {rtt};
    const ScanRules rules{.host_rate = 100};
    Agenda agenda;
    BoundarySearch search(evidence, rules, agenda);
    REQUIRE(search.plan(Time{1s}, true));
    return evidence.ports.size() - 2;
  };
  // Between the two, and at the lower end of the range.
  CHECK(asked_in_a_round(40ms) == 3 + 1);
  CHECK(asked_in_a_round(180ms) == 5 + 1);
}
