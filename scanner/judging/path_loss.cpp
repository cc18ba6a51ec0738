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

}  // namespace

double missed_share(const Evidence& evidence) {
  std::uint64_t prompt = evidence.syn_ack_rtts.size();
  std::uint64_t late = 0;
  Silences silences;
  for (const PortEvidence& port : evidence.ports) {
    if (port.answered_late())
      ++late;
    else if (port.answered() && port.role != Role::service)
      ++prompt;
    else if (port.is_silent() && in_media_range(port.port) && port.role != Role::cls)
      ++(port.attempts > 1 ? silences.again : silences.once);
  }
  if (late == 0) return 0;
  const auto asked_again = static_cast<double>(late) + silences.again;
  const double upper = proportion(late, late + prompt).high;
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
