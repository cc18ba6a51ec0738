#include "scanner/judging/path_loss.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/judging/statistics.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey {
namespace {

constexpr double most = 0.9;

struct Silences {
  double once = 0;   // asked once
  double again = 0;  // asked again
};

// Not those of a search for edges: it asks many ports at once, on which a burst may fall.
bool tells_loss(const PortEvidence& port) {
  return port.role != Role::boundary;
}

std::uint64_t late_answers(const Evidence& evidence) {
  return static_cast<std::uint64_t>(
      std::count_if(evidence.ports.begin(), evidence.ports.end(),
                    [](const PortEvidence& port) { return tells_loss(port) && port.answered_late(); }));
}

}  // namespace

double seen_loss(const Evidence& evidence) {
  const std::uint64_t late = late_answers(evidence);
  std::uint64_t prompt = evidence.syn_ack_rtts.size();
  for (const PortEvidence& port : evidence.ports)
    if (tells_loss(port) && port.answered() && !port.answered_late() && port.role != Role::service) ++prompt;
  return late == 0 ? 0 : proportion(late, late + prompt).high;
}

double missed_share(const Evidence& evidence) {
  const std::uint64_t late = late_answers(evidence);
  if (late == 0) return 0;
  Silences silences;
  for (const PortEvidence& port : evidence.ports)
    if (port.is_silent() && in_media_range(port.port) && port.role != Role::cls)
      ++(port.attempts > 1 ? silences.again : silences.once);
  const auto asked_again = static_cast<double>(late) + silences.again;
  const double upper = seen_loss(evidence);
  const double loss =
      std::min(most, upper / (1 - std::min(upper, most)) * (asked_again + silences.once) / asked_again);
  double missed = 0;
  std::size_t silent = 0;
  for (const PortEvidence& port : evidence.ports) {
    if (port.role != Role::sample || !port.is_silent()) continue;
    ++silent;
    missed += std::pow(loss, port.attempts);
  }
  return silent == 0 ? 0 : missed / static_cast<double>(silent);
}

}  // namespace edgesurvey
