// What is to be said of a host, from its spec alone: the rules a scanner's verdicts are judged by.
#pragma once

#include <string>
#include <vector>

#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

// A verdict that counts as right, with the reason codes that do (the design's closed sets, spelled its way).
struct Accepted {
  std::string verdict;
  std::vector<std::string> reasons;
};

struct Truth {
  std::vector<Accepted> accepted;  // the one to expect first, its foremost reason first
  bool decidable = true;           // whether a careful observer, lucky in no way, can know
  std::string why;                 // the rule that decided
  Ports cls_open;                  // of 50001-50003, those that accept connections from outside
  Ports passed;                    // of 50000-59999, those the perimeter lets through
  Ports answering;  // of those, the ones from which the host itself answers: what a scanner can measure
  // False where a limit, a block, a death, ports that come and go, or a firewall that is mistaken for the
  // host keep samples from showing that share.
  bool share_estimable = true;
};

Truth truth_of(const Host& host);

std::string truth_json(const Spec& spec);

}  // namespace edgesurvey::farm
