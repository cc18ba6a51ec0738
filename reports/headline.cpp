#include "reports/headline.hpp"

#include "reports/numbers.hpp"

namespace edgesurvey {

std::string headline(const SurveySummary& summary) {
  const auto exposed = summary.count(Verdict::cls_exposed);
  const auto judged = summary.addresses();
  if (judged == 0) return "No address was judged.";
  return grouped(exposed) + " of " + counted(judged, "address", "addresses") + " (" +
         share_with_interval(summary.share(Verdict::cls_exposed)) + ") " +
         (exposed == 1 ? "exposes" : "expose") + " CLS ports";
}

}  // namespace edgesurvey
