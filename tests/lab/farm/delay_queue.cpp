#include "tests/lab/farm/delay_queue.hpp"

#include <algorithm>

namespace edgesurvey::farm {

Bytes* DelayQueue::add(Time due) {
  if (heap_.size() >= limit_) {
    ++dropped_;
    return nullptr;
  }
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const auto slot = free_.back();
  free_.pop_back();
  heap_.push_back({due, order_++, slot});
  std::push_heap(heap_.begin(), heap_.end(), later);
  return &slots_[slot];
}

std::optional<Time> DelayQueue::next_due() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front().due;
}

std::uint32_t DelayQueue::pop() {
  std::pop_heap(heap_.begin(), heap_.end(), later);
  const auto slot = heap_.back().slot;
  heap_.pop_back();
  return slot;
}

}  // namespace edgesurvey::farm
