#include "scanner/stopping.hpp"

#include <algorithm>
#include <span>

namespace edgesurvey {
namespace {

constexpr std::size_t enough_of_everything = 12;
constexpr std::size_t fewest_of_one_kind = 32;

using Ports = std::span<const PortEvidence>;

bool all_open(Ports ports, Role role) {
  return std::none_of(ports.begin(), ports.end(), [role](const PortEvidence& port) {
    return port.role == role && port.state != PortState::open;
  });
}

bool none_open(Ports ports, Role role) {
  return std::none_of(ports.begin(), ports.end(), [role](const PortEvidence& port) {
    return port.role == role && port.state == PortState::open;
  });
}

// How many were judged; 0 when they were not all judged alike.
std::size_t judged_alike(Ports sample) {
  std::size_t judged = 0;
  for (const auto& port : sample) {
    if (port.state == PortState::unknown) continue;
    if (port.state != sample.front().state || port.reason != sample.front().reason) return 0;
    ++judged;
  }
  return judged;
}

}  // namespace

bool half_may_do(std::size_t half) {
  return half >= fewest_of_one_kind;
}

bool rest_of_sample_is_pointless(const Evidence& evidence, std::size_t asked, std::size_t half) {
  const auto begin = evidence.ports.begin();
  const auto sample = std::find_if(begin, begin + static_cast<std::ptrdiff_t>(asked),
                                   [](const PortEvidence& port) { return port.role == Role::sample; });
  const Ports before(begin, sample);
  const Ports sampled(sample, begin + static_cast<std::ptrdiff_t>(asked));
  if (sampled.size() < enough_of_everything) return false;
  if (all_open(before, Role::control))
    return sampled.front().state == PortState::open && judged_alike(sampled) >= enough_of_everything;
  const std::size_t enough = std::max(half, fewest_of_one_kind);
  return sampled.size() >= enough && all_open(before, Role::cls) && none_open(before, Role::control) &&
         sampled.front().state == PortState::filtered && judged_alike(sampled) == sampled.size();
}

}  // namespace edgesurvey
