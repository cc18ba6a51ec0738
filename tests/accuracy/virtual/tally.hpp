// Verdicts held against the farm's truth, counted: the figures of the scoreboard, of one virtual survey.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "tests/accuracy/virtual/farm_survey.hpp"
#include "tests/lab/farm/truth.hpp"

namespace edgesurvey::virtual_farm {

struct Share {
  std::size_t hits = 0;
  std::size_t of = 0;

  void add(bool hit) {
    hits += hit ? 1U : 0U;
    ++of;
  }
  double value() const { return of == 0 ? 1 : static_cast<double>(hits) / static_cast<double>(of); }
};

struct Tally {
  Share right;
  Share right_decidable;
  Share inconclusive_decidable;
  Share exposed_right;  // of the hosts whose CLS ports accept connections from outside, as the two below
  Share exposed_called_closed;
  Share exposed_surely_closed;  // with high confidence
  std::map<Confidence, Share> right_by_confidence;
  Share covered;            // the interval holds the true share, where that can be estimated
  Share spans_exact;        // of the partial openings whose boundaries show
  Share spans_exact_small;  // of those that the sample can miss a part of
  Share spans_true;         // of the openings reported, of whatever host

  // Whether the verdict is right.
  bool judge(const Surveyed& host);

 private:
  void judge_range(const farm::Truth& truth, const RangeEstimate& found);
};

// One line: what share was right, what was missed, how sure it was.
std::string to_string(const Tally& tally);

}  // namespace edgesurvey::virtual_farm
