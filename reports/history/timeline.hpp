// What a history knows of one host: runs of the same judgement drawn together. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "reports/history/run_record.hpp"

namespace edgesurvey {

// One host as one run judged it.
struct Sighting {
  std::size_t run = 0;  // its place among the history's runs
  Address address;
  std::vector<std::string> names{};
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::no_answer;
  Confidence confidence = Confidence::low;
  std::vector<Port> cls_open{};     // ascending
  std::optional<Interval> range{};  // the share of the range that is passed; none when inconclusive
};

// Consecutive runs that said the same of a host: verdict, reason, confidence and open CLS ports. The share of
// the range is an estimate from another sample each time, so it may wander without being a change.
struct Stretch {
  WallTime first{};  // when the first and the last of them started
  WallTime last{};
  std::size_t runs = 0;
  std::optional<Sighting> judged{};  // as the last of them has it; none: these runs did not judge the host
  double least_range = 1;            // of the shares of the range there are
  double most_range = 0;
};

struct HostTimeline {
  Address address;
  std::vector<std::string> names;  // by the last run that judged it
  std::vector<Stretch>
      stretches;  // the oldest first, from the first run that judged it to the history's last
};

// By address, ascending. runs: the whole history, the oldest first; sightings in any order, one a host and
// run.
std::vector<HostTimeline> timelines_of(const std::vector<RunRecord>& runs, std::vector<Sighting> sightings);

}  // namespace edgesurvey
