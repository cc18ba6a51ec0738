// Sockets that were refused and wait for their next probe, as keys of the connector's flights.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "scanner/net/slot_table.hpp"
#include "targets/address.hpp"

namespace edgesurvey {

class RestingSockets {
 public:
  // most: of a family.
  explicit RestingSockets(std::size_t most) : most_(most) {}

  bool has_room(Family family) const { return rested_[index(family)].size() < most_; }
  void add(Family family, SlotKey key) { rested_[index(family)].push_back(key); }
  std::size_t size() const { return rested_[0].size() + rested_[1].size(); }

  // The one that was added last, which rests no more; nullopt when there is none.
  std::optional<SlotKey> take(Family family) {
    auto& rested = rested_[index(family)];
    if (rested.empty()) return std::nullopt;
    const SlotKey key = rested.back();
    rested.pop_back();
    return key;
  }
  std::optional<SlotKey> take_any() {
    const auto key = take(Family::ipv4);
    return key ? key : take(Family::ipv6);
  }

 private:
  static std::size_t index(Family family) { return family == Family::ipv4 ? 0 : 1; }

  std::size_t most_;
  std::array<std::vector<SlotKey>, 2> rested_;
};

}  // namespace edgesurvey
