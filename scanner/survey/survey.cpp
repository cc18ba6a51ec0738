#include "scanner/survey/survey.hpp"

#include <numeric>

namespace edgesurvey {

void SurveySummary::add_host(Verdict verdict, const ProbeLedger& ledger) {
  ++addresses_;
  ++verdicts_[static_cast<std::size_t>(verdict)];
  probes_ += ledger;
}

std::uint64_t SurveySummary::skipped() const {
  return std::accumulate(skipped_.begin(), skipped_.end(), std::uint64_t{0});
}

}  // namespace edgesurvey
