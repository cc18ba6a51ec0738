// The rules, in the order in which they are tried. "Answers" are what a patient observer without loss would
// see.
//
//  1. Something takes every connection (an acceptor over the range and the rest): accepts-everything. What is
//     behind it nobody can know. Over a part of them, or over a share of all SYNs: accepts-range-part, or
//     relay-port-open. An agent beside that part is an exposure all the same.
//  2. A CLS port listens and is passed: cls-exposed, whatever the rest looks like, and however late it
//  answers. Where only a relay can be
//     open there, nobody can tell for sure: cls-exposed and media-range-open are both accepted.
//  3. The host refuses inside the range (stealth mode off, range passed):
//     a. and outside as well, there being no perimeter: no-firewall. A firewall at the host's own distance
//     would
//        look the same, so answers-everywhere is accepted; without a service port it is all one can say.
//     b. outside is silence or ICMP: range-answers.
//     c. outside is the firewall's RST: range-answers where the two differ in RTT (see Gap), else
//     undecidable. An opening the sample can miss is undecidable: what it would be without the opening is
//     accepted too. So is one that holds a greater share of the ports outside the range than of the range.
//     Where the service is answered by a front farther away than the host, the host's refusals look like a
//     firewall's: inconclusive is accepted, and closed where they come from everywhere.
//  4. Relay ports, and nothing else answers in the range: relay-port-open, where the sample surely finds one.
//     So is a CLS port that accepts at first and not at the end.
//  5. The host says nothing in the range:
//     a. and no service answers: no-answer (answers-everywhere where a RST comes from everywhere).
//     b. the range is passed to a host in stealth mode, or dropped: range-silent, no more can be known.
//     c. refused by ICMP: range-rejected, the sender is known.
//     d. refused by RST: range-rejected where the RTT is clearly the firewall's, else answers-everywhere.
//     e. the range alone is refused in front: range-rejected, and inconclusive as nothing outside confirms
//     it.
//  6. What changes part-way, or for a share of SYNs: disturbances.cpp.
#include "tests/lab/farm/truth.hpp"

#include <algorithm>
#include <array>

#include "tests/lab/farm/host_facts.hpp"
#include "tests/lab/farm/truth_rules.hpp"

namespace edgesurvey::farm {
namespace {

constexpr std::uint32_t sure_span = 2 * 10000 / 64 + 1;  // no such opening falls between two samples
constexpr double sure_share = 0.083;                     // scattered: missed by 64 with p < 0.5 %
constexpr double sure_relays = 0.10;                     // open share of the range; missed with p < 0.2 %

bool surely_sampled(const Ports& opening) {
  if (!(opening & cls_ports()).empty()) return true;  // those are probed by name
  const auto& spans = opening.ranges();
  return std::any_of(spans.begin(), spans.end(), [](PortRange r) { return r.size() >= sure_span; }) ||
         opening.count() >= sure_share * range_size;
}

// As control ports are commonly drawn: beside the range, and far below it.
bool answers_rather_outside(const Host& host, const Truth& truth) {
  static const std::array outside{PortRange{49700, 49999}, PortRange{60000, 60999}, PortRange{20001, 28999},
                                  PortRange{33000, 47999}};
  const auto passed = passed_by(host);
  double share = 0;
  for (const double size = outside.size(); const auto zone : outside)
    share += 1.0 * passed.within(zone).count() / zone.size() / size;
  return share > 0.5 * truth.passed.count() / range_size;
}

// Rule 5.
void judge_silent_range(const Host& host, Truth& truth) {
  using enum Firewall::Refusal;
  const bool services = has_service(host);
  // A limit on refusals, or an opening to a host in stealth mode, mixes silence into rejection.
  const std::vector<std::string> rejected{"range-rejected", "range-silent"};
  switch (mostly(truth.passed, Ports({media_range})) ? drop : refusal_of(host)) {
    case drop:
      truth.why =
          services ? "5b silence in the range, a live host" : "5a nothing answers in the range, no service";
      if (services && refusal_of(host) == drop) return accept(truth, "closed", {"range-silent"});
      if (services) return accept(truth, "closed", {"range-silent", "range-rejected"});  // the control ports
      truth.decidable = false;
      if (refusal_of(host) == rst) return accept(truth, "inconclusive", {"answers-everywhere", "no-answer"});
      return accept(truth, "inconclusive", {"no-answer"});
    case icmp:
      truth.why = "5c refused by ICMP";
      accept(truth, "closed", rejected);
      if (services) return;
      undecidable(truth, "no service port shows that the host lives");
      return accept(truth, "inconclusive", {"no-answer"});
    case rst:
      break;
  }
  if (refused_in_range_alone(host)) {
    truth.why = "5e the range alone is refused by RST from in front of the host";
    accept(truth, "closed", rejected);
    undecidable(truth, "nothing outside the range is refused there");
    return accept(truth, "inconclusive", {"answers-everywhere"});
  }
  truth.why = "5d refused by RST from in front of the host";
  const auto gap = refusal_gap(host);
  if (services && gap == Gap::clear) return accept(truth, "closed", rejected);
  undecidable(truth,
              services ? "its RTT does not tell it from the host's" : "no SYN-ACK to compare its RTT with");
  accept(truth, "inconclusive", {"answers-everywhere"});
  if (services) accept(truth, "closed", rejected);
  if (gap == Gap::none) accept(truth, "media-range-open", {"no-firewall"});
}

// Rule 3.
void judge_refusing_host(const Host& host, Truth& truth) {
  const bool inside_as_outside = mostly(passed_by(host), outside_range());
  if (inside_as_outside) {
    truth.why = "3a the host refuses inside and outside alike";
    if (has_service(host)) {
      accept(truth, "media-range-open", {"no-firewall", "range-answers"});
      accept(truth, "inconclusive", {"answers-everywhere"});
      if (!host_before_service(host)) return;
      undecidable(truth, "nearer than the service, as a firewall's would be");
      return accept(truth, "closed", {"range-rejected"});
    }
    accept(truth, "inconclusive", {"answers-everywhere"});
    accept(truth, "media-range-open", {"no-firewall"});
    return undecidable(truth, "no SYN-ACK to compare its RTT with");
  }
  truth.why = "3b RST inside the range, another answer or none outside";
  accept(truth, "media-range-open", {"range-answers", "no-firewall", "relay-port-open"});
  if (refusal_of(host) == Firewall::Refusal::rst) {
    truth.why = "3c RST inside and outside, from two distances";
    if (gap_to_host(host) != Gap::clear || !has_service(host)) {
      undecidable(truth, "the distances are too alike, or nothing shows the host's");
      accept(truth, "inconclusive", {"answers-everywhere"});
    }
  }
  if (host_before_service(host)) {
    undecidable(truth, "nearer than the service, as a firewall's would be");
    accept(truth, "inconclusive", {"answers-everywhere"});
  }
  if (answers_rather_outside(host, truth)) {
    undecidable(truth, "ports outside the range answer as often as those in it");
    accept(truth, "inconclusive", {"answers-everywhere"});
  }
  const bool starved = host.rst_limit && host.rst_limit->burst < 3 && host.rst_limit->per_s < 1;
  if (starved || !surely_sampled(truth.passed)) {
    undecidable(truth, starved ? "too few RSTs are sent" : "the sample can miss the opening");
    Truth without;
    judge_silent_range(host, without);
    truth.accepted.insert(truth.accepted.end(), without.accepted.begin(), without.accepted.end());
  }
}

// Rule 4. False: no relay is ever seen.
bool judge_relays(const Host& host, Truth& truth) {
  if (!host.relays) return false;
  const auto visible = (host.relays->ports & truth.passed).within(media_range);
  const double share = visible.count() * host.relays->open_share() / range_size;
  if (share <= 0) return false;
  truth.why = "4 relay ports that come and go";
  accept(truth, "media-range-open", {"relay-port-open"});
  if (!(visible & cls_ports()).empty()) {
    undecidable(truth, "a relay port can stand where the agent would");
    accept(truth, "cls-exposed", {"some-cls-ports-open", "cls-ports-open"});
  }
  if (share >= sure_relays) return true;
  undecidable(truth, "the sample can miss every open one");
  Truth without;
  judge_silent_range(host, without);
  truth.accepted.insert(truth.accepted.end(), without.accepted.begin(), without.accepted.end());
  return true;
}

// Ports that something else than the host accepts, always or at times; but for single ones, as a relay's.
Ports accepted_in_front(const Host& host) {
  Ports ports;
  if (host.acceptor) ports = host.acceptor->ports;
  for (const auto& one : host.overrides)
    if (one.answer == Override::Answer::accept && !(one.ports - cls_ports()).empty())
      ports = ports | one.ports;
  return ports;
}
bool accepts_always(const Host& host) {
  return host.acceptor && mostly(host.acceptor->ports, every_port());
}

// Rule 1.
bool judge_acceptor(const Host& host, Truth& truth) {
  const auto accepted = accepted_in_front(host);
  if (accepted.empty()) return false;
  truth.decidable = false;
  truth.share_estimable = false;
  if (accepts_always(host)) {
    truth.why = "1 something in front of the host takes every connection";
    accept(truth, "inconclusive", {"accepts-everything"});
  } else if (!truth.cls_open.empty() && (accepted & cls_ports()).empty()) {
    truth.why = "1 something in front of the host takes some connections, beside an agent that listens";
    accept(truth, "cls-exposed", {"cls-ports-open", "some-cls-ports-open"});
    accept(truth, "inconclusive", {"accepts-range-part"});
  } else {
    truth.why =
        "1 something in front of the host takes some connections, and the agent may be behind it or not";
    accept(truth, "inconclusive", {"accepts-range-part", "accepts-everything"});
    accept(truth, "media-range-open", {"relay-port-open"});
  }
  return true;
}

// Rule 4, of a CLS port that a session held for a time.
bool judge_passing_relay(const Host& host, Truth& truth) {
  const bool held = std::any_of(host.overrides.begin(), host.overrides.end(), [](const Override& one) {
    return one.answer == Override::Answer::accept && (one.ports - cls_ports()).empty();
  });
  if (!held) return false;
  truth.why = "4 a CLS port accepts for a time, as a relay's port does";
  truth.share_estimable = false;
  accept(truth, "media-range-open", {"relay-port-open"});
  return true;
}

bool judge_exposure(Truth& truth) {
  if (truth.cls_open.empty()) return false;
  truth.why = "2 CLS ports accept connections";
  if (truth.cls_open.count() == 3)
    accept(truth, "cls-exposed", {"cls-ports-open", "some-cls-ports-open"});
  else
    accept(truth, "cls-exposed", {"some-cls-ports-open"});
  return true;
}

}  // namespace

void accept(Truth& truth, const std::string& verdict, std::vector<std::string> reasons) {
  truth.accepted.push_back({verdict, std::move(reasons)});
}

void undecidable(Truth& truth, const std::string& why) {
  truth.decidable = false;
  truth.why += "; " + why;
}

Truth truth_of(const Host& host) {
  Truth truth;
  truth.passed = passed_by(host).within(media_range);
  truth.cls_open = host.open & cls_ports() & truth.passed;
  truth.answering = host.stealth ? host.open & truth.passed : truth.passed;
  if (judge_acceptor(host, truth)) return truth;
  if (!judge_exposure(truth)) {
    if (judge_passing_relay(host, truth)) return truth;
    if (!host.stealth && !truth.passed.empty())
      judge_refusing_host(host, truth);
    else if (!judge_relays(host, truth))
      judge_silent_range(host, truth);
  }
  disturb(host, truth);
  return truth;
}

}  // namespace edgesurvey::farm
