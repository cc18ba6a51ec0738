// The rules in the order in which they decide: what was seen to accept comes before what was seen to refuse,
// both before our own failures, and silence last.
#pragma once

#include <span>

#include "scanner/judging/facts.hpp"
#include "scanner/judging/verdict.hpp"

namespace edgesurvey {

struct Rule {
  VerdictReason reason;
  bool (*applies)(const Facts&);
  Confidence (*confidence)(const Facts&);
};

// The first rule that applies decides; every other that applies is reported with it. At least one always
// applies.
std::span<const Rule> verdict_rules();

}  // namespace edgesurvey
