// Sockets that were refused by a RST and can be connected again, as keys of the connector's flights.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "scanner/net/slot_table.hpp"
#include "targets/address.hpp"

namespace edgesurvey {

class ReusableSockets {
 public:
  // most: of a family.
  explicit ReusableSockets(std::size_t most) : most_(most) {}

  bool has_room(Family family) const { return sockets_[index(family)].size() < most_; }
  void add(Family family, SlotKey key) { sockets_[index(family)].push_back(key); }
  std::size_t size() const { return sockets_[0].size() + sockets_[1].size(); }

  // The one that was added last, which is no longer among them; nullopt when there is none.
  std::optional<SlotKey> take(Family family) {
    auto& sockets = sockets_[index(family)];
    if (sockets.empty()) return std::nullopt;
    const SlotKey key = sockets.back();
    sockets.pop_back();
    return key;
  }
  std::optional<SlotKey> take_any() {
    const auto key = take(Family::ipv4);
    return key ? key : take(Family::ipv6);
  }

 private:
  static std::size_t index(Family family) { return family == Family::ipv4 ? 0 : 1; }

  std::size_t most_;
  std::array<std::vector<SlotKey>, 2> sockets_;
};

}  // namespace edgesurvey
