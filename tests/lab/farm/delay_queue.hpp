// Packets on their way: each leaves when it is due, in order of that, and those due together in order of
// entry.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tests/lab/farm/packet.hpp"
#include "tests/lab/farm/time.hpp"

namespace edgesurvey::farm {

class DelayQueue {
 public:
  // More than `limit` packets in flight are dropped and counted: a flood must not eat the machine.
  explicit DelayQueue(std::size_t limit) : limit_(limit) {}

  // The buffer to write the packet into, or nullptr when full. Valid until the next call.
  Bytes* add(Time due);
  std::optional<Time> next_due() const;

  // Hands `send` every packet due by `now` and forgets it.
  template <typename Send>
  void release(Time now, Send send) {
    while (!heap_.empty() && heap_.front().due <= now) {
      const auto slot = pop();
      send(View(slots_[slot]));
      free_.push_back(slot);
    }
  }

  std::size_t size() const { return heap_.size(); }
  std::uint64_t dropped() const { return dropped_; }

 private:
  struct Entry {
    Time due;
    std::uint64_t order;
    std::uint32_t slot;
  };
  static bool later(const Entry& a, const Entry& b) {
    return a.due != b.due ? a.due > b.due : a.order > b.order;
  }
  std::uint32_t pop();

  std::size_t limit_;
  std::vector<Entry> heap_;
  std::vector<Bytes> slots_;  // reused: a steady flow allocates nothing
  std::vector<std::uint32_t> free_;
  std::uint64_t order_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace edgesurvey::farm
