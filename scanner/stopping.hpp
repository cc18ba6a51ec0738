// When further ports of the sample could change neither the verdict nor what is known of the range.
#pragma once

#include <cstddef>
#include <vector>

#include "scanner/evidence.hpp"

namespace edgesurvey {

// Whether half a sample of this size may be enough by the rules below.
bool half_may_do(std::size_t half);

// A dozen sample ports accepted, and so did every control: a middlebox accepts on every port, and the rest of
// the sample is pointless. Asked of the first `asked` ports of the evidence, of which the sample comes last.
bool accepts_everything(const Evidence& evidence, std::size_t asked);

// What the first half of a sample has shown.
struct HalfWay {
  // All of it was judged, and alike: silent, rejected by ICMP, or refused, by the host or by something in
  // front of it. It stands at equal distances, so it has found every contiguous opening, or gap, that the
  // whole sample is sure to find; the rest would narrow the interval of a share near 0 or 1, from 0-10.9 % to
  // 0-5.6 % for 64 ports, and find single ports that are open here and there more often.
  bool is_enough = false;
  // It is not alike: some was passed and some was not, or is so late that it looks so, by more than a few
  // lost packets.
  bool is_mixed = false;
  // Otherwise: silences among answers, asked once, as indices into the evidence. Few enough to be lost
  // packets, which asking again tells for fewer SYNs than the rest of the sample.
  std::vector<std::size_t> doubtful;
};

// Of the first half of the sample, ports [first, first + half) of the evidence.
HalfWay half_way(const Evidence& evidence, std::size_t first, std::size_t half);

}  // namespace edgesurvey
