// The media range as the answers of its ports show it: which were passed to the host, which were not, and
// where the openings of the perimeter begin and end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/port_range.hpp"

namespace edgesurvey {

enum class Passage : std::uint8_t { passed, stopped, awaited };

struct RangePort {
  Port port;
  Passage passage;
  std::size_t index;  // in evidence.ports

  bool passed() const { return passage == Passage::passed; }
};

struct RangePicture {
  std::vector<RangePort> ports;  // ascending
  bool refused_by_host = false;
  bool failed_at_home = false;     // an edge port could not be asked: that edge stays unknown
  std::size_t edge_ports = 0;      // asked by a search for edges, not beside open CLS ports
  std::size_t prompt_answers = 0;  // of the passed, to their first attempt
  std::size_t late_answers = 0;    // to a further one, without those of a search, on which a burst may fall
  std::size_t late_edges = 0;      // those of the search
};

// late_before: a port asked before then counts as stopped though its answer may still come; nullopt: nothing
// is awaited any more.
RangePicture picture_of(const Evidence& evidence, std::optional<Time> late_before = std::nullopt);

// Whether an opening ends between the two.
bool differ(const RangePort& below, const RangePort& above);
// How many of those there are.
std::size_t changes(const RangePicture& picture);
// Stopped by silence, or by a routing error.
bool is_silent(const Evidence& evidence, const RangePort& port);
// Silent between two that were passed, or may be; at an end of the range one neighbour is enough.
bool is_hole(const Evidence& evidence, const RangePicture& picture, std::size_t i);

// Only a host that refuses unused ports itself (no stealth mode) shows where the perimeter ends, and silences
// scattered all over are no openings.
bool shows_openings(const RangePicture& picture);

// Whether so many are silent amid answers, or answered a further attempt only, that refusals must be
// rate-limited: silences say nothing then, nor does asking them again.
bool refusals_are_rate_limited(const Evidence& evidence, const RangePicture& picture);
bool refusals_are_rate_limited(const Evidence& evidence);

// The openings, ascending; nullopt unless every edge is known to the port.
std::optional<std::vector<PortRange>> spans_of(const Evidence& evidence);

}  // namespace edgesurvey
