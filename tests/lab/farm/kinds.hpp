// The kinds of hosts that farms are drawn from: the design's cases A to G, and what spoils them.
#pragma once

#include <span>

#include "tests/lab/farm/host_maker.hpp"

namespace edgesurvey::farm {

struct HostKind {
  const char* label;
  double
      weight;  // its share is weight / sum of weights; 0: drawn only where it is named, then as if it were 1
  void (*make)(HostMaker&);
  bool by_block = false;  // all 16 hosts of a /28 are of this kind, or none
};

std::span<const HostKind> host_kinds();  // the scoreboard's
std::span<const HostKind> wild_kinds();  // products' behaviours

}  // namespace edgesurvey::farm
