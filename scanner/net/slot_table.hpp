// A table whose places are reused without allocation. A key names a place and its use: a key of an earlier
// use finds nothing, so a late event cannot be taken for a newer probe's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace edgesurvey {

struct SlotKey {
  std::uint32_t index = 0;
  std::uint32_t generation = 0;

  // As one number, for epoll_event::data.
  std::uint64_t packed() const { return std::uint64_t{generation} << 32 | index; }
  static SlotKey unpacked(std::uint64_t number) {
    return {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32)};
  }
};

template <typename T>
class SlotTable {
 public:
  // Moves the other values when the table grows: references do not outlive an insert.
  SlotKey insert(T value) {
    if (free_.empty()) {
      slots_.emplace_back();
      free_.push_back(static_cast<std::uint32_t>(slots_.size() - 1));
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    Slot& slot = slots_[index];
    slot.value = std::move(value);
    slot.used = true;
    return {index, slot.generation};
  }

  // nullptr when the key's use of the place is over.
  T* find(SlotKey key) {
    if (key.index >= slots_.size()) return nullptr;
    Slot& slot = slots_[key.index];
    return slot.used && slot.generation == key.generation ? &slot.value : nullptr;
  }

  // Precondition: find(key) is not null.
  T& at(SlotKey key) { return slots_[key.index].value; }

  // The key of the place's present use. Precondition: it is in use.
  SlotKey key_of(std::uint32_t index) const { return {index, slots_[index].generation}; }

  // Precondition: find(key) is not null.
  void erase(SlotKey key) {
    Slot& slot = slots_[key.index];
    slot.value = T{};
    slot.used = false;
    ++slot.generation;
    free_.push_back(key.index);
  }

  std::size_t size() const { return slots_.size() - free_.size(); }

  template <typename Visit>
  void for_each(Visit visit) {
    for (Slot& slot : slots_)
      if (slot.used) visit(slot.value);
  }

  // The visitor may erase the value it is shown.
  template <typename Visit>
  void for_each_key(Visit visit) {
    for (std::uint32_t index = 0; index < slots_.size(); ++index)
      if (slots_[index].used) visit(key_of(index), slots_[index].value);
  }

 private:
  struct Slot {
    T value{};
    std::uint32_t generation = 0;
    bool used = false;
  };
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace edgesurvey
