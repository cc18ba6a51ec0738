#include "reports/history/timeline.hpp"

#include <algorithm>
#include <tuple>

namespace edgesurvey {
namespace {

bool says_the_same(const Stretch& stretch, const Sighting* sighting) {
  if (!stretch.judged || sighting == nullptr) return !stretch.judged && sighting == nullptr;
  const auto judgement = [](const Sighting& s) {
    return std::tie(s.verdict, s.reason, s.confidence, s.cls_open);
  };
  return judgement(*stretch.judged) == judgement(*sighting);
}

void add_run(std::vector<Stretch>& stretches, const RunRecord& run, const Sighting* sighting) {
  if (stretches.empty() || !says_the_same(stretches.back(), sighting)) {
    stretches.push_back({.first = run.started});
  }
  auto& stretch = stretches.back();
  stretch.last = run.started;
  ++stretch.runs;
  if (sighting == nullptr) return;
  stretch.judged = *sighting;
  if (!sighting->range) return;
  stretch.least_range = std::min(stretch.least_range, sighting->range->share);
  stretch.most_range = std::max(stretch.most_range, sighting->range->share);
}

// [first, last): the sightings of one host, the oldest first.
template <typename Iterator>
HostTimeline timeline_of(const std::vector<RunRecord>& runs, Iterator first, Iterator last) {
  HostTimeline timeline{.address = first->address, .names = (last - 1)->names, .stretches = {}};
  for (std::size_t run = first->run; run < runs.size(); ++run) {
    const bool judged = first != last && first->run == run;
    add_run(timeline.stretches, runs[run], judged ? &*first : nullptr);
    if (judged) ++first;
  }
  return timeline;
}

}  // namespace

std::vector<HostTimeline> timelines_of(const std::vector<RunRecord>& runs, std::vector<Sighting> sightings) {
  std::sort(sightings.begin(), sightings.end(), [](const Sighting& a, const Sighting& b) {
    return std::tie(a.address, a.run) < std::tie(b.address, b.run);
  });
  std::vector<HostTimeline> timelines;
  for (auto first = sightings.begin(); first != sightings.end();) {
    const auto last =
        std::find_if(first, sightings.end(), [&](const Sighting& s) { return s.address != first->address; });
    timelines.push_back(timeline_of(runs, first, last));
    first = last;
  }
  return timelines;
}

}  // namespace edgesurvey
