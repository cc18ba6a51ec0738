#include "tests/accuracy/virtual/tally.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>
#include <vector>

namespace edgesurvey::virtual_farm {
namespace {

// Anything as wide as this holds a whole run of the sample, and is certain to be asked.
constexpr std::uint32_t sure_width = 2 * farm::media_range.size() / 64 + 1;

// A host in stealth mode answers only where something listens: nobody can see where its perimeter ends.
bool shows_boundaries(const farm::Truth& truth) {
  const auto passed = truth.passed.count();
  return passed > 0 && passed < farm::media_range.size() && truth.answering == truth.passed &&
         truth.cls_open.empty() && truth.share_estimable;
}

std::uint32_t narrowest_part(const std::vector<farm::PortRange>& openings) {
  std::uint32_t narrowest = farm::media_range.size();
  for (std::size_t i = 0; i < openings.size(); ++i) {
    narrowest = std::min(narrowest, openings[i].size());
    if (i > 0) narrowest = std::min(narrowest, openings[i].first - openings[i - 1].last - 1U);
  }
  return narrowest;
}

bool same(const std::vector<farm::PortRange>& truth, const std::vector<PortRange>& found) {
  return std::equal(truth.begin(), truth.end(), found.begin(), found.end(),
                    [](const auto& a, const auto& b) { return a.first == b.first && a.last == b.last; });
}

}  // namespace

bool Tally::judge(const Surveyed& host) {
  const auto truth = farm::truth_of(host.host.spec());
  const std::string_view verdict = to_string(host.judgement.verdict);
  const bool accepted = std::any_of(truth.accepted.begin(), truth.accepted.end(),
                                    [&](const farm::Accepted& one) { return one.verdict == verdict; });
  right.add(accepted);
  right_by_confidence[host.judgement.confidence].add(accepted);
  if (truth.decidable) {
    right_decidable.add(accepted);
    inconclusive_decidable.add(host.judgement.verdict == Verdict::inconclusive);
  }
  if (!truth.cls_open.empty()) {
    const bool closed = host.judgement.verdict == Verdict::closed;
    exposed_right.add(accepted);
    exposed_called_closed.add(closed);
    exposed_surely_closed.add(closed && host.judgement.confidence == Confidence::high);
  }
  judge_range(truth, host.judgement.range);
  return accepted;
}

void Tally::judge_range(const farm::Truth& truth, const RangeEstimate& found) {
  if (truth.share_estimable && found.share) {
    const double share = static_cast<double>(truth.answering.count()) / farm::media_range.size();
    covered.add(found.share->low <= share && share <= found.share->high);
  }
  const auto& openings = truth.passed.ranges();
  const bool told_true = found.spans && same(openings, *found.spans);
  if (found.spans) spans_true.add(told_true);
  if (!shows_boundaries(truth)) return;
  Share& exact = narrowest_part(openings) < sure_width ? spans_exact_small : spans_exact;
  exact.add(told_true);
}

std::string to_string(const Tally& tally) {
  std::ostringstream out;
  const auto show = [&](std::string_view what, const Share& share) {
    out << what << ' ' << share.hits << '/' << share.of;
  };
  show("right", tally.right);
  show(", decidable", tally.right_decidable);
  show(", inconclusive of them", tally.inconclusive_decidable);
  show(", exposed called closed", tally.exposed_called_closed);
  show(", with high confidence", tally.exposed_surely_closed);
  for (const auto& [confidence, share] : tally.right_by_confidence)
    show(", " + std::string(to_string(confidence)), share);
  show(", covered", tally.covered);
  show(", spans", tally.spans_exact);
  show(", small", tally.spans_exact_small);
  show(", true of those shown", tally.spans_true);
  return out.str();
}

}  // namespace edgesurvey::virtual_farm
