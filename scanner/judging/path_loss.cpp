#include "scanner/judging/path_loss.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/judging/statistics.hpp"

namespace edgesurvey {
namespace {

constexpr double most = 0.9;

struct Silences {
  double once = 0;   // asked once
  double again = 0;  // asked again
};

}  // namespace

// An answer without an RTT was to a SYN that the kernel had sent again (Karn's rule).
double missed_share(const Evidence& evidence) {
  std::uint64_t prompt = 0;
  std::uint64_t late = 0;
  Silences silences;
  for (const PortEvidence& port : evidence.ports) {
    const bool waited_with_patience = port.role == Role::cls || port.role == Role::service;
    if (port.answered())
      ++(port.answered_late() || port.rtt <= Duration::zero() ? late : prompt);
    else if (port.is_silent() && !waited_with_patience)
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
