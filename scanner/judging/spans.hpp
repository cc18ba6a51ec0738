// Where openings of the media range begin and end. The sample shows roughly where; asking between two
// neighbours of which one was passed and the other was not, over and over, finds the very port.
#pragma once

#include <optional>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/port_range.hpp"

namespace edgesurvey {

// The ports to ask next, all at once: `between` of them between each such pair of neighbours, and the ends of
// the range. One by one takes the fewest ports, several at once the fewest rounds.
// Empty when every boundary is known to the port, or when there is none to find: only a host that refuses
// unused ports itself (no stealth mode) shows where the perimeter ends, and silences scattered all over are
// not openings: one by one, fewer of them are enough to give up. So is a search that takes more ports than
// ends do which stay where they are.
// late_before: a port asked before then counts as silent though its answer may still come; beside one asked
// since then nothing is asked yet.
std::vector<Port> boundary_ports_to_ask(const Evidence& evidence, unsigned between,
                                        Time late_before = Time::max());

// Whether so many are silent amid answers, or answered a further try only, that refusals must be rationed (a
// limit on RSTs a second): silences say nothing then, nor does asking them again.
bool refusals_are_rationed(const Evidence& evidence);

// Silent ports, as indices into evidence.ports, beside which a search has come to an end (the next port was
// passed), or that stand between two that were passed. Each is the end of an opening, or a lost packet.
// Silences that the search only came past decide nothing. late_before as above: there is none beside a port
// whose answer is awaited.
std::vector<std::size_t> silences_at_boundaries(const Evidence& evidence, Time late_before = Time::max());

// Those that a search has narrowed a boundary down to, with ports between them and the next one passed.
std::vector<std::size_t> silences_beside_search(const Evidence& evidence, Time late_before);

// The openings, ascending; nullopt unless every boundary is known to the port.
std::optional<std::vector<PortRange>> spans_of(const Evidence& evidence);

}  // namespace edgesurvey
