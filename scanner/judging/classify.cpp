#include "scanner/judging/classify.hpp"

#include <algorithm>
#include <array>

#include "scanner/judging/explain.hpp"
#include "scanner/judging/path_loss.hpp"
#include "scanner/judging/range_picture.hpp"
#include "scanner/judging/rules.hpp"

namespace edgesurvey {
namespace {

PortSet open_cls_ports(const Evidence& evidence) {
  PortSet open;
  for (const auto& port : evidence.ports)
    if (port.role == Role::cls && port.state == PortState::open) open.insert(port.port);
  return open;
}

RangeEstimate estimate_range(const Evidence& evidence, const Facts& facts, Verdict verdict) {
  const Tally& sample = facts.sample;
  RangeEstimate range{.sampled = sample.judged(), .answered = sample.by_host(), .open = sample.open};
  // Refusals by something in front of the host are no sign that a port was passed.
  if (facts.refusals == RefusalOrigin::in_front) range.answered = sample.open;
  if (verdict != Verdict::inconclusive && range.sampled > 0) {
    range.share = proportion(range.answered, range.sampled);
    // Passed ports whose packets were lost count as not passed: the upper end allows for them, where any port
    // shows that some are passed.
    // And where ports outside are silent, refusals sooner than the service's may be the host's.
    const unsigned at_most =
        range.answered + (facts.controls.silent == facts.controls.judged() ? sample.refused_in_front : 0);
    range.share->high = proportion(at_most, range.sampled).high;
    if (range.answered > 0)
      range.share->high = std::min(1.0, range.share->high / (1 - missed_share(evidence)));
  }
  // Where nothing filters the range, or something began to block us, there is no end to tell.
  const bool cut_off = facts.cls_cut_off || facts.stopped_responding;
  const bool filtered = facts.controls.by_host() < facts.controls.judged();
  if (range.share && filtered && !cut_off) range.spans = spans_of(evidence);
  return range;
}

}  // namespace

Judgement classify(const Evidence& evidence) {
  const Facts facts = facts_of(evidence);
  Judgement judgement;
  for (const Rule& rule : verdict_rules()) {
    if (!rule.applies(facts)) continue;
    if (judgement.reasons.empty()) {
      judgement.reason = rule.reason;
      judgement.confidence = rule.confidence(facts);
    }
    judgement.reasons.push_back(rule.reason);
  }
  judgement.verdict = verdict_of(judgement.reason);
  // A scan that was cut short saw what it saw, yet not everything it wanted to; and one that waited for the
  // agent only briefly may have missed it.
  const bool missed_agent = facts.cls_hurried > 0 && judgement.verdict != Verdict::cls_exposed;
  const bool cut_short = facts.interrupted || facts.local_error || missed_agent;
  if (cut_short && judgement.confidence == Confidence::high) judgement.confidence = Confidence::medium;
  judgement.cls_open = open_cls_ports(evidence);
  judgement.range = estimate_range(evidence, facts, judgement.verdict);
  judgement.explanation = explain(judgement.reason, facts, judgement.cls_open);
  return judgement;
}

}  // namespace edgesurvey
