// Deadlines of many things at once, in constant time each and without allocation once grown: a hashed timing
// wheel (Varghese and Lauck, 1987, scheme 6) whose lists run through arrays indexed by the caller's slots.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "scanner/time.hpp"

namespace edgesurvey {

class DeadlineWheel {
 public:
  using Slot = std::uint32_t;

  // A deadline is due at the first whole tick at or after it: up to one tick late, never early.
  static constexpr Duration tick = std::chrono::milliseconds(1);

  // Precondition: the slot has no deadline here. `now` never goes back.
  void insert(Slot slot, Time now, Time deadline);
  // Precondition: the slot has one.
  void erase(Slot slot);
  // Gives it another one. Precondition: the slot has one.
  void move(Slot slot, Time now, Time deadline) {
    erase(slot);
    insert(slot, now, deadline);
  }

  // Appends up to `limit` slots whose deadline has passed to `due`; they have none any more.
  void take_due(Time now, std::size_t limit, std::vector<Slot>& due);

  // No deadline is due before this; Time::max() when there is none. A deadline more than a turn of the wheel
  // (about four seconds) away may make it earlier than any deadline: waking then does no harm.
  Time next() const;

  std::size_t size() const { return size_; }

 private:
  using Tick = std::int64_t;
  static constexpr std::size_t spokes = 4096;
  static constexpr std::size_t word_bits = 64;
  static constexpr Slot none = UINT32_MAX;

  struct Link {
    Tick due = 0;
    Slot previous = none;
    Slot next = none;
  };

  static std::size_t spoke_of(Tick due) { return static_cast<std::size_t>(due) % spokes; }
  // How many spokes from `from` (itself included) to the first one in use. Precondition: size_ > 0.
  std::size_t distance_to_used(std::size_t from) const;
  // Takes what is due by `last`; returns how many of `limit` remain.
  std::size_t take_from(std::size_t spoke, Tick last, std::size_t limit, std::vector<Slot>& due);

  std::vector<Link> links_;
  std::array<Slot, spokes> heads_ = filled_with_none();
  std::array<std::uint64_t, spokes / word_bits> used_{};  // one bit a spoke that has a list
  Tick cursor_ = 0;                                       // nothing before it is left
  std::size_t size_ = 0;

  static std::array<Slot, spokes> filled_with_none() {
    std::array<Slot, spokes> heads{};
    heads.fill(none);
    return heads;
  }
};

}  // namespace edgesurvey
