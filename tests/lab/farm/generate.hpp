// Farms drawn by a seed: hosts of every kind in stated shares (the table in kinds.cpp).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/lab/farm/host_maker.hpp"
#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

struct Recipe {
  std::uint32_t hosts = 250;
  std::uint64_t seed = 1;
  Span loss{0, 0.01};   // of the round trip: both directions and bursts together; each host draws its own
  Span rtt_ms{5, 400};  // of the hosts; drawn on a logarithmic scale
  double burst_share = 0.5;  // of the hosts: half of their loss comes in bursts
  double v6_share = 0.2;
  double step_share = 0.04;       // of the hosts: the RTT jumps in mid-scan
  Span late_ms{200, 2000};        // of the kinds with late ports: how much later than the path explains
  bool wild = false;              // the kinds of wild_kinds() instead of host_kinds()
  std::vector<std::string> only;  // labels of either; empty: all of them with a weight
};

Spec generate(const Recipe& recipe);  // throws SpecError: an unknown label, or more hosts than addresses

}  // namespace edgesurvey::farm
