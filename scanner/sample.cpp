#include "scanner/sample.hpp"

#include <algorithm>
#include <array>

#include "scanner/random.hpp"

namespace edgesurvey {
namespace {

// Ports above 1023 that are often open or often let through: a control among them would prove nothing.
// Sources: IANA's service name registry, and the open-frequency column of nmap-services.
constexpr std::array<Port, 34> in_common_use{20000, 22222, 24444, 25565, 25672, 26208, 27015, 27017, 27018,
                                             27019, 27352, 28017, 30000, 30718, 31337, 32764, 34571, 35500,
                                             37777, 38292, 40193, 41511, 42510, 44176, 44442, 44443, 44818,
                                             47001, 47808, 60020, 60443, 61532, 61616, 62078};

struct Zone {
  Port first;
  Port last;
};

// Two zones hug the range, to notice an opening that is merely wider; the others lie far below it. Windows'
// RPC listeners take the first few hundred ports from 49152 on, so the zone below the range starts above
// them.
constexpr std::array<Zone, 4> control_zones{{{49700, 49999}, {60000, 60999}, {20001, 28999}, {33000, 47999}}};

Port draw_control(const Zone& zone, SeededRandom& random) {
  for (;;) {
    const auto port = static_cast<Port>(zone.first + random.below(zone.last - zone.first + 1U));
    if (!std::binary_search(in_common_use.begin(), in_common_use.end(), port)) return port;
  }
}

std::size_t first_of_block(std::size_t index, std::size_t blocks) {
  return media_range_first + index * media_range_size / blocks;
}

// The index-th of `blocks` equal runs of the range, as ports without the CLS ones.
std::vector<Port> candidates_of_block(std::size_t index, std::size_t blocks) {
  std::vector<Port> candidates;
  for (std::size_t port = first_of_block(index, blocks); port < first_of_block(index + 1, blocks); ++port)
    if (!is_cls_port(static_cast<Port>(port))) candidates.push_back(static_cast<Port>(port));
  return candidates;
}

// The port itself, or the next above that is no CLS port.
Port at_offset(const std::vector<Port>& candidates, std::size_t port) {
  const auto found = std::lower_bound(candidates.begin(), candidates.end(), port);
  return found == candidates.end() ? candidates.back() : *found;
}

// Separate streams, so that the controls do not change with the size of the sample.
constexpr std::uint64_t sample_stream = 0x73616d706c65;
constexpr std::uint64_t control_stream = 0x636f6e74726f6c;

}  // namespace

// Every fourth run first, then every second of the others: wherever an opening lies, it shows early. These
// two rounds stand at equal distances, so the first half misses no opening that the whole sample is sure of.
std::vector<Port> stratified_sample(std::size_t blocks, std::uint64_t seed) {
  if (blocks >= whole_range) blocks = media_range_size;
  SeededRandom random(seed ^ sample_stream);
  const std::size_t offset = random.below(std::max<std::size_t>(media_range_size / blocks, 1));
  std::array<std::vector<Port>, 3> rounds;
  for (std::size_t block = 0; block < blocks; ++block) {
    const auto candidates = candidates_of_block(block, blocks);
    if (candidates.empty()) continue;
    auto& round = rounds[block % 4 == 0 ? 0 : block % 2 == 0 ? 1 : 2];
    round.push_back(block % 2 == 0 ? at_offset(candidates, first_of_block(block, blocks) + offset)
                                   : candidates[random.below(candidates.size())]);
  }
  std::vector<Port> ports;
  for (auto& round : rounds) {
    random.shuffle(round);
    ports.insert(ports.end(), round.begin(), round.end());
  }
  return ports;
}

std::vector<Port> control_ports(std::uint64_t seed) {
  SeededRandom random(seed ^ control_stream);
  std::vector<Port> ports;
  ports.reserve(control_zones.size());
  for (const auto& zone : control_zones) ports.push_back(draw_control(zone, random));
  return ports;
}

}  // namespace edgesurvey
