// A set of addresses held as sorted, disjoint blocks: overlapping target lines become each address once, and
// a survey of a /8 costs a few bytes. Its order (IPv4 first, ascending) gives each member a stable index.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "targets/address_block.hpp"

namespace edgesurvey {

class AddressSet {
 public:
  AddressSet() = default;
  explicit AddressSet(std::vector<AddressBlock> blocks);

  bool contains(const Address& address) const { return index_of(address).has_value(); }
  // Whether they have a member in common. O(log blocks) for each block of the other.
  bool overlaps(const AddressSet& other) const;
  // Members of this set that are in none of the other's blocks. Of the other, only what lies between this
  // set's ends is walked through.
  AddressSet minus(const AddressSet& other) const;

  // Saturates at 2^64 - 1.
  std::uint64_t size() const { return starts_.empty() ? 0 : total_; }
  bool empty() const { return blocks_.empty(); }
  // The index-th member in ascending order, 0 <= index < size(). O(log blocks).
  Address at(std::uint64_t index) const;
  // nullopt for an address outside the set. Saturates as size() does.
  std::optional<std::uint64_t> index_of(const Address& address) const;

  const std::vector<AddressBlock>& blocks() const { return blocks_; }

 private:
  std::vector<AddressBlock> blocks_;   // sorted, disjoint, not adjacent
  std::vector<std::uint64_t> starts_;  // index of each block's first address
  std::uint64_t total_ = 0;
};

}  // namespace edgesurvey
