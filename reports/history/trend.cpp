#include "reports/history/trend.hpp"

#include <algorithm>
#include <array>

namespace edgesurvey {

Trend trend_with(std::vector<RunRecord> runs, const RunRecord& current) {
  const auto is_current = [&](const RunRecord& run) { return run.identity == current.identity; };
  if (std::none_of(runs.begin(), runs.end(), is_current)) {
    const auto later = std::upper_bound(runs.begin(), runs.end(), current,
                                        [](const auto& a, const auto& b) { return a.started < b.started; });
    runs.insert(later, current);
  }
  const auto place = std::find_if(runs.begin(), runs.end(), is_current);
  const auto index = static_cast<std::size_t>(place - runs.begin());
  return {.runs = std::move(runs), .current = index};
}

double trend_scale(const std::vector<RunRecord>& runs) {
  constexpr std::array round_numbers{0.04, 0.1, 0.2, 0.4, 0.6, 0.8};
  double needed = 0;
  for (const auto& run : runs) {
    if (run.addresses() == 0) continue;
    needed =
        std::max({needed, run.share(Verdict::cls_exposed).high, run.share(Verdict::media_range_open).share});
  }
  const auto* const enough =
      std::find_if(round_numbers.begin(), round_numbers.end(), [&](double end) { return end >= needed; });
  return enough == round_numbers.end() ? 1 : *enough;
}

}  // namespace edgesurvey
