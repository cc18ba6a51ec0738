#include "scanner/judging/refusal_origin.hpp"

#include <algorithm>
#include <chrono>

#include "scanner/judging/statistics.hpp"

namespace edgesurvey {
namespace {

// A change of less than this is no other path: it could not hide a firewall that is told from the host.
constexpr Duration least_change = std::chrono::milliseconds(2);
constexpr double least_changed_share = 0.1;
constexpr std::size_t fewest_of_a_detour = 3;

// Delays only add, and one SYN-ACK may be held up: of two neighbours the quicker shows the path.
Duration quicker(const std::vector<TimedRtt>& rtts, std::size_t i, std::size_t j) {
  return std::min(rtts[i].rtt, rtts[std::min(j, rtts.size() - 1)].rtt);
}

// How much SYN-ACKs vary though the path stays: the median of what each took more than its neighbours.
Duration jitter_of(const std::vector<TimedRtt>& rtts) {
  std::vector<Duration> excess;
  for (std::size_t i = 0; i < rtts.size(); ++i) {
    const Duration beside = quicker(rtts, i == 0 ? 0 : i - 1, i + 1);
    excess.push_back(std::max(rtts[i].rtt - beside, Duration{}));
  }
  std::nth_element(excess.begin(), excess.begin() + static_cast<std::ptrdiff_t>(excess.size() / 2),
                   excess.end());
  return excess[excess.size() / 2];
}

}  // namespace

HostDistance::HostDistance(std::vector<TimedRtt> syn_acks) {
  if (syn_acks.empty()) return;
  std::stable_sort(syn_acks.begin(), syn_acks.end(),
                   [](const TimedRtt& a, const TimedRtt& b) { return a.sent < b.sent; });
  const Duration jitter = jitter_of(syn_acks);
  std::vector<Duration> levels;    // of the stretches: their quickest SYN-ACK
  std::vector<std::size_t> sizes;  // ... and how many they have
  for (std::size_t i = 0; i < syn_acks.size(); ++i) {
    const TimedRtt& now = syn_acks[i];
    bool changed = i == 0;
    if (i > 0 && syn_acks[i - 1].sent < now.sent) {
      const Duration before = quicker(syn_acks, i - 1, i == 1 ? 0 : i - 2);
      const Duration after = quicker(syn_acks, i, i + 1);
      const Duration least = std::max(
          {least_change, 3 * jitter, std::chrono::duration_cast<Duration>(least_changed_share * before)});
      changed = std::chrono::abs(after - before) > least;
    }
    if (changed) {
      stretches_.push_back({now.sent, now.sent, {}});
      levels.push_back(now.rtt);
      sizes.push_back(0);
    }
    ++sizes.back();
    stretches_.back().last = now.sent;
    levels.back() = std::min(levels.back(), now.rtt);
  }
  for (std::size_t i = 1; i + 1 < levels.size(); ++i) {
    // Two slow ones between quick ones were held up, or went another way (ECMP): no path that all took.
    const bool between_quick = levels[i] > std::max(levels[i - 1], levels[i + 1]) + least_change;
    if (between_quick && sizes[i] < fewest_of_a_detour) levels[i] = std::max(levels[i - 1], levels[i + 1]);
  }
  const Duration shortest = *std::min_element(levels.begin(), levels.end());
  for (std::size_t i = 0; i < levels.size(); ++i) stretches_[i].longer = levels[i] - shortest;
  for (const TimedRtt& measured : syn_acks)
    syn_acks_.push_back(measured.rtt - longer_at(measured.sent).before);
  nearest_ = nearest_from_host(syn_acks_);
}

HostDistance::Longer HostDistance::longer_at(Time when) const {
  const auto after = std::find_if(stretches_.begin(), stretches_.end(),
                                  [when](const Stretch& stretch) { return when <= stretch.last; });
  if (after == stretches_.end()) return {stretches_.back().longer, stretches_.back().longer};
  const bool between = when < after->first && after != stretches_.begin();
  return {between ? std::prev(after)->longer : after->longer, after->longer};
}

Refuser HostDistance::refuser_of(const PortEvidence& port) const {
  if (!nearest_ || port.rtt <= Duration::zero()) return Refuser::host;
  const Longer longer = longer_at(port.asked);
  const bool by_before = port.rtt - longer.before < *nearest_;
  const bool by_after = port.rtt - longer.after < *nearest_;
  if (by_before != by_after) return Refuser::unclear;
  return by_before ? Refuser::in_front : Refuser::host;
}

std::optional<Duration> HostDistance::at_shortest(const TimedRtt& measured) const {
  if (stretches_.empty()) return measured.rtt;
  const Longer longer = longer_at(measured.sent);
  if (longer.before != longer.after) return std::nullopt;
  return measured.rtt - longer.before;
}

}  // namespace edgesurvey
