// The rules, in the order in which they are tried. "Answers" are what a patient observer without loss would
// see.
//
//  1. Something takes every connection (an acceptor over the range and the rest): accepts-everything. What is
//     behind it nobody can know. Over a part of them: accepts-range-part, or relay-port-open.
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
//     accepted too.
//  4. Relay ports, and nothing else answers in the range: relay-port-open, where the sample surely finds one.
//  5. The host says nothing in the range:
//     a. and no service answers: no-answer (answers-everywhere where a RST comes from everywhere).
//     b. the range is passed to a host in stealth mode, or dropped: range-silent, no more can be known.
//     c. refused by ICMP: range-rejected, the sender is known.
//     d. refused by RST: range-rejected where the RTT is clearly the firewall's, else answers-everywhere.
//  6. A block or a death part-way: undecidable where it comes before the evidence is in (see
//  `evidence_cost`),
//     and then inconclusive is accepted too. A host that is exposed is never accepted as closed.
#include "tests/lab/farm/truth.hpp"

#include <algorithm>
#include <cmath>

#include "tests/lab/farm/chance.hpp"

namespace edgesurvey::farm {
namespace {

constexpr double range_size = media_range.size();
constexpr double sample_size = 64;                       // the design's default, one port a block
constexpr std::uint32_t sure_span = 2 * 10000 / 64 + 1;  // no such opening falls between two samples
constexpr double sure_share = 0.083;                     // scattered: missed by 64 with p < 0.5 %
constexpr double sure_relays = 0.10;                     // open share of the range; missed with p < 0.2 %

const Ports& cls_ports() {
  static const Ports ports({{first_cls_port, last_cls_port}});
  return ports;
}
const Ports& service_ports() {
  static const Ports ports({{443, 443}, {3478, 3478}, {5061, 5061}});
  return ports;
}
const Ports& outside() {
  static const Ports ports({{1, media_range.first - 1}, {media_range.last + 1, 65535}});
  return ports;
}
const Ports& everywhere() {
  static const Ports ports({{1, 65535}});
  return ports;
}

Ports passed_by(const Host& host) {
  return host.firewall ? host.firewall->passes : everywhere();
}
bool has_service(const Host& host) {
  return !(host.open & service_ports() & passed_by(host)).empty();
}
bool mostly(const Ports& part, const Ports& whole) {
  return (part & whole).count() >= 0.99 * whole.count();
}
Firewall::Refusal refusal_of(const Host& host) {
  return host.firewall ? host.firewall->refusal : Firewall::Refusal::drop;
}

void accept(Truth& truth, const std::string& verdict, std::vector<std::string> reasons) {
  truth.accepted.push_back({verdict, std::move(reasons)});
}

void undecidable(Truth& truth, const std::string& why) {
  truth.decidable = false;
  truth.why += "; " + why;
}

bool surely_sampled(const Ports& opening) {
  if (!(opening & cls_ports()).empty()) return true;  // those are probed by name
  const auto& spans = opening.ranges();
  return std::any_of(spans.begin(), spans.end(), [](PortRange r) { return r.size() >= sure_span; }) ||
         opening.count() >= sure_share * range_size;
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
  const bool inside_as_outside = mostly(passed_by(host), outside());
  if (inside_as_outside) {
    truth.why = "3a the host refuses inside and outside alike";
    if (has_service(host)) {
      accept(truth, "media-range-open", {"no-firewall", "range-answers"});
      return accept(truth, "inconclusive", {"answers-everywhere"});
    }
    accept(truth, "inconclusive", {"answers-everywhere"});
    accept(truth, "media-range-open", {"no-firewall"});
    return undecidable(truth, "no SYN-ACK to compare its RTT with");
  }
  truth.why = "3b RST inside the range, another answer or none outside";
  accept(truth, "media-range-open", {"range-answers", "no-firewall", "relay-port-open"});
  if (refusal_of(host) == Firewall::Refusal::rst) {
    truth.why = "3c RST inside and outside, from two distances";
    if (refusal_gap(host) != Gap::clear || !has_service(host)) {
      undecidable(truth, "the distances are too alike, or nothing shows the host's");
      accept(truth, "inconclusive", {"answers-everywhere"});
    }
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

bool judge_acceptor(const Host& host, Truth& truth) {
  if (!host.acceptor) return false;
  if (!mostly(host.acceptor->ports, everywhere())) {
    truth.why =
        "1 something in front of the host takes some connections, and the agent may be behind it or not";
    truth.decidable = false;
    truth.share_estimable = false;
    accept(truth, "inconclusive", {"accepts-range-part", "accepts-everything"});
    accept(truth, "media-range-open", {"relay-port-open"});
    return true;
  }
  truth.why = "1 something in front of the host takes every connection";
  truth.decidable = false;
  truth.share_estimable = false;
  accept(truth, "inconclusive", {"accepts-everything"});
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

// How many distinct ports a scanner of the design's order probes before it can know.
double evidence_cost(const Truth& truth) {
  constexpr double services_and_cls = 6, controls = 4;
  if (truth.accepted.front().verdict == "cls-exposed") return services_and_cls;
  if (truth.accepted.front().verdict != "media-range-open") return services_and_cls + controls + sample_size;
  const double share = std::max(truth.answering.count() / range_size, 1 / sample_size);
  return services_and_cls + controls + std::ceil(3 / share);
}

bool accepts_verdict(const Truth& truth, const std::string& verdict) {
  return std::any_of(truth.accepted.begin(), truth.accepted.end(),
                     [&](const Accepted& a) { return a.verdict == verdict; });
}

// Rule 6.
void disturb(const Host& host, Truth& truth) {
  const double cost = evidence_cost(truth);
  const auto& life = host.life;
  const bool blocked = host.ips && host.ips->threshold <= cost;
  // A death is counted in SYNs; half as many again for what is sent twice.
  const bool dies = life.dies_at_s || (life.dies_after_syns && *life.dies_after_syns <= 1.5 * cost);
  const bool late = life.up_at_s || life.up_after_syns;
  const bool mistakable = refusal_of(host) == Firewall::Refusal::rst && refusal_gap(host) != Gap::clear;
  if (host.ips || !life.steady() || host.rst_limit || host.relays || mistakable)
    truth.share_estimable = false;
  // A jump of the shared path's RTT in mid-scan can hide, or make up, the difference between two speakers.
  const bool compared =
      refusal_of(host) == Firewall::Refusal::rst && truth.why.find("RST") != std::string::npos;
  if (compared && !host.steps.empty()) {
    undecidable(truth, "6 the RTT steps while refusals are compared");
    accept(truth, "inconclusive", {"answers-everywhere"});
  }
  if (!blocked && !dies && !late) return;
  undecidable(truth, blocked ? "6 blocked before the evidence is in" : "6 not up all the time");
  accept(truth, "inconclusive", {"blocked-during-scan", "no-answer", "answers-everywhere"});
  if (late && truth.cls_open.empty() && !accepts_verdict(truth, "closed"))
    accept(truth, "closed", {"range-silent", "range-rejected"});
}

}  // namespace

Gap refusal_gap(const Host& host) {
  if (!host.firewall) return Gap::none;
  const auto& near = host.firewall->rtt;
  const auto& far = host.rtt;
  const double gap = (far.ms + far.jitter_ms) - (near.ms + near.jitter_ms);
  const double spread = jitter_deviation_ms(far) + jitter_deviation_ms(near);
  if (gap > std::max(1.0, 3 * spread)) return Gap::clear;
  return gap > std::max(0.3, 0.5 * spread) ? Gap::grey : Gap::none;
}

Truth truth_of(const Host& host) {
  Truth truth;
  truth.passed = passed_by(host).within(media_range);
  truth.cls_open = host.open & cls_ports() & truth.passed;
  truth.answering = host.stealth ? host.open & truth.passed : truth.passed;
  if (judge_acceptor(host, truth)) return truth;
  if (!judge_exposure(truth)) {
    if (!host.stealth && !truth.passed.empty())
      judge_refusing_host(host, truth);
    else if (!judge_relays(host, truth))
      judge_silent_range(host, truth);
  }
  disturb(host, truth);
  return truth;
}

}  // namespace edgesurvey::farm
