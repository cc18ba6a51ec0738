#include "tests/lab/farm/tally.hpp"

#include <algorithm>

namespace edgesurvey::farm {

PortTally::Slot& PortTally::find(std::uint16_t port) {
  // Fibonacci hashing: neighbouring ports, as scanners probe them, land far apart.
  std::size_t at = (port * std::size_t{40503}) & (slots_.size() - 1);
  while (slots_[at].times != 0 && slots_[at].port != port) at = (at + 1) & (slots_.size() - 1);
  return slots_[at];
}

void PortTally::grow() {
  auto old = std::move(slots_);
  slots_.assign(std::max<std::size_t>(old.size() * 2, 16), {});
  for (const auto& slot : old)
    if (slot.times != 0) find(slot.port) = slot;
}

std::uint32_t PortTally::count(std::uint16_t port) {
  if (slots_.empty() || distinct_ * 4U >= slots_.size() * 3U) grow();
  auto& slot = find(port);
  const std::uint32_t before = slot.times;
  if (before == 0) ++distinct_;
  slot.port = port;
  if (slot.times != 0xffff) ++slot.times;
  return before;
}

void WindowPeak::count(Time now) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const auto width = std::chrono::duration_cast<std::chrono::milliseconds>(width_).count();
  while (!moments_.empty() && moments_.front().ms <= ms - width) {
    inside_ -= moments_.front().events;
    moments_.pop_front();
  }
  if (moments_.empty() || moments_.back().ms != ms) moments_.push_back({ms, 0});
  ++moments_.back().events;
  peak_ = std::max(peak_, ++inside_);
}

}  // namespace edgesurvey::farm
