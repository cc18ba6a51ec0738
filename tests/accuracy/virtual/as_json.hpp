// What the ablation (tests/accuracy/ablate) reads: the table of questions, and the result of one virtual
// survey.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "tests/accuracy/virtual/tally.hpp"

namespace edgesurvey::virtual_farm {

struct Result {
  Tally tally;
  Totals totals;
  std::string right;  // one character a host, in the farm's order: '1' where its verdict is right, else '0'
  double host_seconds = 0;  // from the first SYN to a host to its end, summed over the hosts
};

// A list of objects, in the table's order. Durations are in seconds; `apart` is null where there is no
// attempt after the first.
std::string questions_json(std::span<const Question> questions);
std::string result_json(const Result& result);

}  // namespace edgesurvey::virtual_farm
