// Which ports of the media range are asked, and which outside it: both drawn by the seed.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "targets/port_set.hpp"

namespace edgesurvey {

inline constexpr Port media_range_first = 50000;
inline constexpr Port media_range_last = 59999;
inline constexpr std::size_t media_range_size = 10000;

inline constexpr bool in_media_range(Port port) {
  return port >= media_range_first && port <= media_range_last;
}
inline constexpr bool is_cls_port(Port port) {
  return port >= 50001 && port <= 50003;
}
// Right beside the CLS ports: whoever accepts a run of ports accepts these, too.
inline constexpr std::array<Port, 4> cls_neighbours{50000, 50004, 50005, 50006};
inline constexpr bool is_cls_neighbour(Port port) {
  return std::find(cls_neighbours.begin(), cls_neighbours.end(), port) != cls_neighbours.end();
}

// The most ports a sample can have: the range without the three CLS ports, which are asked anyway.
inline constexpr std::size_t whole_range = media_range_size - 3;

// Stratified: one port at random from each of `blocks` equal runs of the range, CLS ports left out. Any
// contiguous opening of 2 x 10000 / blocks ports therefore holds a whole run and is certain to be asked. The
// order is shuffled by the seed in three rounds: every fourth run, every second of the others, and the rest,
// so that the first quarter and the first half are stratified as well. In every second run, which is the
// first half, the port drawn is the same one counted from the run's start: that half stands at equal
// distances and is by itself certain to ask any such opening. The ports of the rest are drawn one by one, so
// that no regular pattern of openings escapes both, where both are asked (see stopping.hpp). blocks >=
// whole_range asks every port. Precondition: 1 <= blocks.
std::vector<Port> stratified_sample(std::size_t blocks, std::uint64_t seed);

// Ports outside the media range that nobody should be listening on or letting through: one from each of four
// zones near the range and far from it, none of them well known (0-1023) or in common use.
std::vector<Port> control_ports(std::uint64_t seed);

}  // namespace edgesurvey
