// Rule 6 of the truth: what changes in mid-scan, or for a share of SYNs.
//
//  a. A block or a death part-way: undecidable where it comes before the evidence is in (see
//  `evidence_cost`), and
//     then inconclusive is accepted too. In a group others can bring it about before the first answer. A host
//     that is exposed is never accepted as closed: it was when it was asked.
//  b. RTTs that change, or differ by port, can hide or make up the difference between two speakers: where
//     refusals are compared, inconclusive is accepted.
//  c. A limit on SYNs: a scanner may know too little at its end, inconclusive is accepted too.
//  d. Refusals and silences that pass, or that meet a share of SYNs: the verdict stays. Inconclusive is
//  accepted
//     too where they last, begin before the evidence is in, and meet most SYNs.
#include <algorithm>
#include <cmath>

#include "tests/lab/farm/host_facts.hpp"
#include "tests/lab/farm/truth_rules.hpp"

namespace edgesurvey::farm {
namespace {

// What passes so soon is over when a patient scanner asks again.
constexpr double soon_s = 3;
// Who asks three times meets the other node but for one time in twenty.
constexpr double usual_share = 0.6;

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

void accept_inconclusive(Truth& truth, const std::string& why) {
  undecidable(truth, why);
  if (!accepts_verdict(truth, "inconclusive"))
    accept(truth, "inconclusive", {"blocked-during-scan", "no-answer", "answers-everywhere"});
}

// 6a.
void judge_blocks_and_deaths(const Host& host, Truth& truth) {
  const double cost = evidence_cost(truth);
  const auto& life = host.life;
  const bool blocked = host.ips && (host.ips->threshold <= cost || !host.group.empty());
  // A death is counted in SYNs; half as many again for what is sent twice.
  const bool dies = life.dies_at_s || (life.dies_after_syns && *life.dies_after_syns <= 1.5 * cost);
  const bool late = life.up_at_s || life.up_after_syns;
  if (host.ips || !life.steady()) truth.share_estimable = false;
  if (!blocked && !dies && !late) return;
  undecidable(truth, blocked ? "6 blocked before the evidence is in" : "6 not up all the time");
  accept(truth, "inconclusive", {"blocked-during-scan", "no-answer", "answers-everywhere"});
  if (blocked && host.ips->resets && accepts_verdict(truth, "closed"))
    accept(truth, "closed", {"range-rejected"});
  if (late && truth.cls_open.empty() && !accepts_verdict(truth, "closed"))
    accept(truth, "closed", {"range-silent", "range-rejected"});
}

// 6b.
void judge_distances(const Host& host, Truth& truth) {
  const bool by_rst = refusal_of(host) == Firewall::Refusal::rst;
  if (by_rst && refusal_gap(host) != Gap::clear) truth.share_estimable = false;
  const bool compared = by_rst && truth.why.find("RST") != std::string::npos;
  if (!compared || host.steps.empty()) return;
  undecidable(truth, "6 the RTT steps while refusals are compared");
  accept(truth, "inconclusive", {"answers-everywhere"});
}

// 6c.
void judge_limits(const Host& host, Truth& truth) {
  if (host.rst_limit || host.relays) truth.share_estimable = false;
  if (!host.syn_limit && !(host.firewall && host.firewall->syn_limit)) return;
  truth.share_estimable = false;
  accept_inconclusive(truth, "6 SYNs above a limit are dropped");
}

// Whether it is over, or begins, when a patient scanner has its evidence all the same; or meets no more SYNs
// than such a one sends again.
bool leaves_evidence(const Override& one, const Truth& truth) {
  if (one.share <= usual_share) return true;
  if (one.from_syns) return *one.from_syns > 1.5 * evidence_cost(truth);
  return !one.from_s && one.until_s && *one.until_s <= soon_s;
}

// 6d.
void judge_override(const Override& one, Truth& truth) {
  if (one.always() || one.answer == Override::Answer::accept) return;
  if (!((one.ports - cls_ports()) & truth.passed).empty()) truth.share_estimable = false;
  if (one.answer == Override::Answer::icmp && accepts_verdict(truth, "closed"))
    accept(truth, "closed", {"range-rejected"});
  if (!leaves_evidence(one, truth))
    accept_inconclusive(truth, "6 refused for a time, or for a share of SYNs");
}

}  // namespace

void disturb(const Host& host, Truth& truth) {
  judge_distances(host, truth);
  judge_blocks_and_deaths(host, truth);
  judge_limits(host, truth);
  for (const auto& one : host.overrides) judge_override(one, truth);
}

}  // namespace edgesurvey::farm
