#include "scanner/judging/spans.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scanner/plan.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

constexpr Duration host_rtt = std::chrono::milliseconds(80);
constexpr Duration front_rtt = std::chrono::milliseconds(20);

// A host behind a perimeter that passes these openings; what is not passed is silent, or refused by the
// perimeter.
struct Perimeter {
  std::vector<PortRange> openings;
  bool refuses = false;

  PortEvidence answer(Port port, Role role) const {
    const bool passed = std::any_of(openings.begin(), openings.end(), [port](auto& range) {
      return range.first <= port && port <= range.last;
    });
    PortEvidence answer{.port = port, .role = role, .attempts = 2};
    if (!passed && !refuses) {
      answer.state = PortState::filtered;
      answer.reason = Reason::no_response;
      answer.given_up = 2;
      return answer;
    }
    answer.state = PortState::closed;
    answer.reason = Reason::conn_refused;
    answer.rtt = passed ? host_rtt : front_rtt;
    answer.answered_at = 1;
    return answer;
  }
};

Evidence sampled(const Perimeter& perimeter, std::uint64_t seed = 1, std::size_t blocks = 64) {
  Evidence evidence;
  evidence.syn_ack_rtts.assign(6, host_rtt);
  for (const Port port : stratified_sample(blocks, seed))
    evidence.ports.push_back(perimeter.answer(port, Role::sample));
  return evidence;
}

// The sample's answers, then those to every port that is asked for, until none is.
Evidence searched(const Perimeter& perimeter, std::uint64_t seed = 1, unsigned between = 3) {
  Evidence evidence = sampled(perimeter, seed);
  for (auto ports = boundary_ports_to_ask(evidence, between); !ports.empty();
       ports = boundary_ports_to_ask(evidence, between))
    for (const Port port : ports) evidence.ports.push_back(perimeter.answer(port, Role::boundary));
  return evidence;
}

std::string written(const Evidence& evidence) {
  const auto spans = spans_of(evidence);
  if (!spans) return "unknown";
  std::string text;
  for (const auto& span : *spans) text += span.to_string() + ' ';
  return text;
}

// After a first pass over an opening of half the range and a second look: of the 32 ports that are passed
// four were late, and those with these numbers are still silent, counted from the lowest.
Evidence rationed(std::initializer_list<std::size_t> silent) {
  Evidence evidence = sampled({{{50000, 54999}}});
  std::sort(evidence.ports.begin(), evidence.ports.end(), [](auto& a, auto& b) { return a.port < b.port; });
  for (const std::size_t number : {5U, 10U, 15U, 20U}) evidence.ports[number].answered_at = 2;
  for (const std::size_t number : silent) {
    auto& port = evidence.ports[number];
    port.state = PortState::filtered;
    port.reason = Reason::no_response;
    port.given_up = 2;
  }
  return evidence;
}

// An end that went from port to port up to this one, each asked so long after the one before, and each silent
// at first.
Evidence crept(Port last, Duration apart) {
  constexpr Port first = 55990;
  const Perimeter perimeter{{{52000, 56000}}};
  Evidence evidence = sampled(perimeter);
  for (Port port = first; port <= last; ++port) {
    evidence.ports.push_back(perimeter.answer(port, Role::boundary));
    evidence.ports.back().answered_at = 2;
    evidence.ports.back().asked = Time{} + (port - first) * apart;
  }
  return evidence;
}

}  // namespace

TEST_CASE("An opening's first and last port are found exactly") {
  CHECK(written(searched({{{50000, 52999}}})) == "50000-52999 ");
  CHECK(written(searched({{{53001, 59999}}})) == "53001-59999 ");
  CHECK(written(searched({{{51234, 56789}}})) == "51234-56789 ");
}

TEST_CASE("A silence at an end of the range is asked again before anything is searched beside it") {
  Evidence evidence = searched({{{50000, 59999}}});
  for (auto& port : evidence.ports) {
    if (port.port != 59999) continue;
    port.state = PortState::filtered;
    port.reason = Reason::no_response;
    port.attempts = port.given_up = 1;
  }
  CHECK(boundary_ports_to_ask(evidence, 3).empty());
  CHECK(silences_at_boundaries(evidence).size() == 1);
}

TEST_CASE("A search goes no further once an end has crept from port to port, each of them late") {
  Evidence evidence = crept(55994, std::chrono::milliseconds(300));
  CHECK(boundary_ports_to_ask(evidence, 1).empty());
  evidence.ports.back().answered_at = 1;
  CHECK_FALSE(boundary_ports_to_ask(evidence, 1).empty());
}

TEST_CASE(
    "An end that crept from port to port, most of them late, is no end: it is neither searched nor shown") {
  Evidence evidence = crept(55995, std::chrono::milliseconds(300));
  for (auto& port : evidence.ports)
    if (port.role == Role::boundary && port.port % 3 == 0) port.answered_at = 1;  // the third and the sixth
  CHECK_FALSE(boundary_ports_to_ask(evidence, 1).empty());
  CHECK_FALSE(refusals_are_rationed(evidence));
  evidence.ports.back().answered_at = 2;
  CHECK(boundary_ports_to_ask(evidence, 1).empty());
  CHECK(refusals_are_rationed(evidence));
  CHECK(silences_at_boundaries(evidence).empty());
}

TEST_CASE(
    "Ports that answered late side by side, all within a moment, were lost to a spell, and no end crept "
    "there") {
  Evidence evidence = crept(55997, std::chrono::milliseconds(100));
  CHECK_FALSE(refusals_are_rationed(evidence));
  evidence.ports.back().asked += std::chrono::seconds(1);
  CHECK(refusals_are_rationed(evidence));
}

TEST_CASE("Several openings are told apart") {
  CHECK(written(searched({{{50500, 51499}, {54000, 55999}, {58000, 58999}}})) ==
        "50500-51499 54000-55999 58000-58999 ");
}

TEST_CASE("A range that is passed whole takes two questions, at its ends") {
  const Evidence evidence = searched({{{50000, 59999}}});
  CHECK(written(evidence) == "50000-59999 ");
  CHECK(evidence.ports.size() <= 64 + 2);
}

TEST_CASE("A perimeter that refuses the rest itself hides no boundary") {
  CHECK(written(searched({{{52000, 53999}}, true})) == "52000-53999 ");
}

TEST_CASE("A silent host shows no openings, and is asked nothing more") {
  const Evidence evidence = searched({});
  CHECK(written(evidence) == "unknown");
  CHECK(evidence.ports.size() == 64);
}

TEST_CASE("Silences scattered all over are loss or a rate limit, not openings") {
  Evidence evidence = searched({{{50000, 59999}}});
  for (std::size_t i = 0; i < 64; i += 3) evidence.ports[i].state = PortState::filtered;
  CHECK(boundary_ports_to_ask(evidence, 3).empty());
  CHECK(written(evidence) == "unknown");
}

TEST_CASE("Any opening of a tenth of the range is found to the port, in a bounded number of questions") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto first = *rc::gen::inRange(50000, 59000);
    const auto last = *rc::gen::inRange(first + 999, 60000);
    const PortRange opening{static_cast<Port>(first), static_cast<Port>(last)};
    const Evidence evidence = searched({{opening}}, seed);
    RC_ASSERT(written(evidence) == opening.to_string() + ' ');
    RC_ASSERT(evidence.ports.size() <= 64U + 40U);
    const Evidence halved = searched({{opening}}, seed, 1);
    RC_ASSERT(written(halved) == opening.to_string() + ' ');
    RC_ASSERT(halved.ports.size() <= 64U + 24U);
  }));
}

TEST_CASE("Where refusals are rationed, silences that have not answered again yet tell it as well") {
  // Of 32 ports that are passed seven were silent at first, of which four have answered by now.
  const Evidence evidence = rationed({3, 9, 21});
  CHECK(boundary_ports_to_ask(evidence, 3).empty());
  CHECK(boundary_ports_to_ask(evidence, 1).empty());
}

TEST_CASE("Refusals are rationed where more than one in four silences answers a further try or none") {
  CHECK(refusals_are_rationed(rationed({3, 9, 21})));
  CHECK_FALSE(refusals_are_rationed(rationed({})));
  CHECK_FALSE(refusals_are_rationed(sampled({{{50000, 54999}}})));
}

TEST_CASE("A search that asks one by one gives up a little sooner where refusals are rationed") {
  const Evidence evidence = rationed({3, 9});
  CHECK_FALSE(boundary_ports_to_ask(evidence, 3).empty());
  CHECK(boundary_ports_to_ask(evidence, 1).empty());
}

TEST_CASE(
    "A search that takes more ports than an end needs goes on where they answer at once, and not where a "
    "limit delays them") {
  const Perimeter perimeter{{{50000, 54999}}};
  Evidence evidence = sampled(perimeter);
  for (Port port = 52001; port <= 52029; ++port)
    evidence.ports.push_back(perimeter.answer(port, Role::boundary));
  CHECK_FALSE(boundary_ports_to_ask(evidence, 1).empty());
  for (auto& port : evidence.ports)
    if (port.role == Role::boundary && port.port % 2 == 1) port.answered_at = 2;
  CHECK(boundary_ports_to_ask(evidence, 1).empty());
}

TEST_CASE("Openings of a single port are shown where the sample asked every port") {
  const Perimeter perimeter{{{50020, 50020}, {57000, 57000}}};
  const Evidence evidence = sampled(perimeter, 1, whole_range);
  const auto spans = spans_of(evidence);
  REQUIRE(spans.has_value());
  CHECK(*spans == perimeter.openings);
}

TEST_CASE("Where many of the silences answer when asked again, refusals are rationed and show no openings") {
  Evidence evidence = searched({{{50000, 54999}}});
  CHECK(written(evidence) == "50000-54999 ");
  std::size_t late = 0;
  for (auto& port : evidence.ports)
    if (port.state == PortState::closed && late++ < 12) port.answered_at = 2;
  CHECK(written(evidence) == "unknown");
  CHECK(boundary_ports_to_ask(evidence, 3).empty());
}

TEST_CASE("A silence in the midst of an opening is asked again before anything is searched beside it") {
  const Perimeter perimeter{.openings = {{52000, 56000}}};
  Evidence evidence = searched(perimeter);
  PortEvidence lost = perimeter.answer(54321, Role::boundary);
  lost.state = PortState::filtered;
  lost.reason = Reason::no_response;
  lost.attempts = lost.given_up = 1;
  evidence.ports.push_back(lost);
  CHECK(boundary_ports_to_ask(evidence, 3).empty());
  const auto silent = silences_at_boundaries(evidence);
  CHECK(std::count(silent.begin(), silent.end(), evidence.ports.size() - 1) == 1);
  evidence.ports.back().attempts = 2;
  CHECK(boundary_ports_to_ask(evidence, 3).empty());
  evidence.ports.back().given_up = 2;  // it stays silent: a gap after all
  CHECK(boundary_ports_to_ask(evidence, 3).size() > 2);
}

TEST_CASE("A search rests on the silences that it has narrowed its ends down to, until it has found them") {
  const Perimeter perimeter{.openings = {{52000, 56000}}};
  Evidence evidence;
  evidence.syn_ack_rtts.assign(6, host_rtt);
  for (const Port port : std::vector<Port>{50500, 51990, 52010, 55990, 56001, 57500})
    evidence.ports.push_back(perimeter.answer(port, Role::sample));
  evidence.ports.push_back(perimeter.answer(56000, Role::sample));
  CHECK(silences_beside_search(evidence, Time::max()) == std::vector<std::size_t>{1});
  CHECK(silences_at_boundaries(evidence) == std::vector<std::size_t>{4});
}

TEST_CASE("A silence beside a port whose answer is awaited is no end yet") {
  const Time asked = Time{} + std::chrono::seconds(1);
  const Perimeter perimeter{.openings = {{52000, 56000}}};
  Evidence evidence = searched(perimeter);
  const auto passed = std::find_if(evidence.ports.begin(), evidence.ports.end(),
                                   [](const PortEvidence& port) { return port.port == 56000; });
  REQUIRE(passed != evidence.ports.end());
  *passed = {.port = 56000, .role = Role::boundary, .attempts = 1, .asked = asked};
  const auto ends = [&](Time late_before) {
    std::vector<Port> ports;
    for (const std::size_t index : silences_at_boundaries(evidence, late_before))
      ports.push_back(evidence.ports[index].port);
    return ports;
  };
  CHECK(ends(asked) == std::vector<Port>{51999});
}

TEST_CASE("Of the silences of a search only the ones at the ends of an opening are named") {
  const Evidence evidence = searched({.openings = {{52000, 56000}}});
  std::vector<Port> ports;
  for (const std::size_t index : silences_at_boundaries(evidence))
    ports.push_back(evidence.ports[index].port);
  std::sort(ports.begin(), ports.end());
  CHECK(ports == std::vector<Port>{51999, 56001});
}

TEST_CASE(
    "Beside a port whose answer is awaited nothing is searched, until it is late and counts as silent") {
  const Time asked = Time{} + std::chrono::seconds(1);
  const Perimeter perimeter{.openings = {{52000, 56000}}};
  Evidence evidence;
  evidence.syn_ack_rtts.assign(6, host_rtt);
  for (const Port port : std::vector<Port>{50500, 51500, 52500, 55500, 56500, 57500})
    evidence.ports.push_back(perimeter.answer(port, Role::sample));
  evidence.ports[1] = {.port = 51500, .role = Role::sample, .attempts = 1, .asked = asked};
  const auto between = [&](Port below, Port above, Time late_before) {
    const auto ports = boundary_ports_to_ask(evidence, 3, late_before);
    return std::count_if(ports.begin(), ports.end(), [&](Port port) { return below < port && port < above; });
  };
  CHECK(between(50500, 52500, asked) == 0);
  CHECK(between(55500, 56500, asked) == 3);
  CHECK(between(51500, 52500, asked + std::chrono::milliseconds(1)) == 3);
  CHECK(between(50500, 51500, asked + std::chrono::milliseconds(1)) == 0);
}

TEST_CASE("A port of a search that has not been asked yet is awaited, however late it is") {
  const Perimeter perimeter{.openings = {{52000, 56000}}};
  Evidence evidence = searched(perimeter);
  evidence.ports.push_back({.port = 51990, .role = Role::boundary});
  CHECK(boundary_ports_to_ask(evidence, 3).empty());
  CHECK(written(evidence) == "unknown");
}

TEST_CASE("Two openings of next to nothing are a limit on the refusals a second, and no openings") {
  const auto found = [](PortRange first, PortRange second) {
    return written(searched({.openings = {first, second, {56000, 58000}}}));
  };
  auto ports = stratified_sample(64, 1);
  std::sort(ports.begin(), ports.end());
  const PortRange one{ports[8], ports[8]};
  const PortRange other{ports[20], ports[20]};
  CHECK(found(one, other) == "unknown");
  CHECK(found(one, one) != "unknown");
}

TEST_CASE("A spell of loss that falls on a search is not taken for a limit on the refusals a second") {
  const Perimeter perimeter{.openings = {{52000, 56000}}};
  Evidence evidence = searched(perimeter, 1, 4);
  for (auto& port : evidence.ports)
    if (port.role == Role::boundary && port.state == PortState::closed) port.answered_at = 2;
  CHECK(written(evidence) == "52000-56000 ");
}
