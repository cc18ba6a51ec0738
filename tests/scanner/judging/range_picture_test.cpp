#include "scanner/judging/range_picture.hpp"

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
  evidence.syn_ack_rtts.assign(6, {host_rtt});
  for (const Port port : stratified_sample(blocks, seed))
    evidence.ports.push_back(perimeter.answer(port, Role::sample));
  return evidence;
}

// The sample's answers, then those to the ports that halve what lies between two neighbours that differ, over
// and over.
Evidence searched(const Perimeter& perimeter, std::uint64_t seed = 1) {
  Evidence evidence = sampled(perimeter, seed);
  const auto ask = [&](unsigned port) {
    evidence.ports.push_back(perimeter.answer(static_cast<Port>(port), Role::boundary));
    return true;
  };
  for (bool asked = true; asked;) {
    const auto ports = picture_of(evidence).ports;
    asked = ports.front().passed() && ports.front().port > media_range_first && ask(media_range_first);
    if (ports.back().passed() && ports.back().port < media_range_last) asked |= ask(media_range_last);
    for (std::size_t i = 1; i < ports.size(); ++i)
      if (differ(ports[i - 1], ports[i]) && ports[i].port - ports[i - 1].port > 1)
        asked |= ask((ports[i - 1].port + ports[i].port) / 2U);
  }
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
Evidence rate_limited(std::initializer_list<std::size_t> silent) {
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

TEST_CASE("An end that crept from port to port, most of them late, is a limit on the refusals and no end") {
  Evidence evidence = crept(55995, std::chrono::milliseconds(300));
  for (auto& port : evidence.ports)
    if (port.role == Role::boundary && port.port % 3 == 0) port.answered_at = 1;  // the third and the sixth
  CHECK_FALSE(refusals_are_rate_limited(evidence));
  evidence.ports.back().answered_at = 2;
  CHECK(refusals_are_rate_limited(evidence));
}

TEST_CASE(
    "Ports that answered late side by side, all within a moment, were lost to a burst, and no end crept "
    "there") {
  Evidence evidence = crept(55997, std::chrono::milliseconds(100));
  CHECK_FALSE(refusals_are_rate_limited(evidence));
  evidence.ports.back().asked += std::chrono::seconds(1);
  CHECK(refusals_are_rate_limited(evidence));
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

TEST_CASE("Silences scattered all over are loss or a rate limit, not openings") {
  Evidence evidence = searched({{{50000, 59999}}});
  for (std::size_t i = 0; i < 64; i += 3) evidence.ports[i].state = PortState::filtered;
  CHECK_FALSE(shows_openings(picture_of(evidence)));
  CHECK(written(evidence) == "unknown");
}

TEST_CASE("A silent host shows no openings") {
  CHECK_FALSE(shows_openings(picture_of(sampled({}))));
  CHECK(written(sampled({})) == "unknown");
}

TEST_CASE("A port whose answer is awaited is neither passed nor stopped until it is late") {
  const Time asked = Time{} + std::chrono::seconds(1);
  Evidence evidence = searched({.openings = {{52000, 56000}}});
  for (auto& port : evidence.ports)
    if (port.port == 56000) port = {.port = 56000, .role = Role::boundary, .attempts = 1, .asked = asked};
  const auto passage = [&](Time late_before) {
    for (const RangePort& port : picture_of(evidence, late_before).ports)
      if (port.port == 56000) return port.passage;
    return Passage::passed;
  };
  CHECK(passage(asked) == Passage::awaited);
  CHECK(passage(asked + Duration{1}) == Passage::stopped);
  CHECK(picture_of(evidence).ports.size() + 1 == picture_of(evidence, asked).ports.size());
}

TEST_CASE(
    "A silence between two passed ports is a hole, and one at an end of the range beside a passed one") {
  Evidence evidence = searched({{{50000, 59999}}});
  for (auto& port : evidence.ports) {
    if (port.port != 59999) continue;
    port.state = PortState::filtered;
    port.reason = Reason::no_response;
  }
  const RangePicture picture = picture_of(evidence);
  CHECK(is_hole(evidence, picture, picture.ports.size() - 1));
  CHECK_FALSE(is_hole(evidence, picture, 3));
  const Evidence part = searched({.openings = {{52000, 56000}}});
  const RangePicture ends = picture_of(part);
  for (std::size_t i = 0; i < ends.ports.size(); ++i) CHECK_FALSE(is_hole(part, ends, i));
}

TEST_CASE("Any opening of a tenth of the range is found to the port, in a bounded number of questions") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto first = *rc::gen::inRange(50000, 59000);
    const auto last = *rc::gen::inRange(first + 999, 60000);
    const PortRange opening{static_cast<Port>(first), static_cast<Port>(last)};
    const Evidence evidence = searched({{opening}}, seed);
    RC_ASSERT(written(evidence) == opening.to_string() + ' ');
    RC_ASSERT(evidence.ports.size() <= 64U + 24U);
  }));
}

TEST_CASE("Refusals are rate-limited where more than one in four silences answers a further try or none") {
  CHECK(refusals_are_rate_limited(rate_limited({3, 9, 21})));
  CHECK_FALSE(refusals_are_rate_limited(rate_limited({})));
  CHECK_FALSE(refusals_are_rate_limited(sampled({{{50000, 54999}}})));
}

TEST_CASE("Openings of a single port are shown where the sample asked every port") {
  const Perimeter perimeter{{{50020, 50020}, {57000, 57000}}};
  const Evidence evidence = sampled(perimeter, 1, whole_range);
  const auto spans = spans_of(evidence);
  REQUIRE(spans.has_value());
  CHECK(*spans == perimeter.openings);
}

TEST_CASE(
    "Where many of the silences answer when asked again, refusals are rate-limited and show no openings") {
  Evidence evidence = searched({{{50000, 54999}}});
  CHECK(written(evidence) == "50000-54999 ");
  std::size_t late = 0;
  for (auto& port : evidence.ports)
    if (port.state == PortState::closed && late++ < 12) port.answered_at = 2;
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

TEST_CASE("A burst of loss that falls on a search is not taken for a limit on the refusals a second") {
  const Perimeter perimeter{.openings = {{52000, 56000}}};
  Evidence evidence = searched(perimeter);
  for (auto& port : evidence.ports)
    if (port.role == Role::boundary && port.state == PortState::closed) port.answered_at = 2;
  CHECK(written(evidence) == "52000-56000 ");
}
