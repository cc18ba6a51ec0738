// A contiguous run of addresses of one family: a CIDR block, a range, or a single address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "targets/address.hpp"

namespace edgesurvey {

class AddressBlock {
 public:
  explicit AddressBlock(const Address& single) : first_(single), last_(single) {}
  // Both ends belong to the block. Precondition: same family, first <= last.
  AddressBlock(const Address& first, const Address& last);

  // "192.0.2.7", "192.0.2.0/24" (host bits may be set: the block around the address), "192.0.2.10-20",
  // "192.0.2.10-192.0.3.5", "2001:db8::/120", "2001:db8::1-2001:db8::ff", "[2001:db8::1]".
  // On failure nullopt, and *why (when given) says what is wrong and what to write instead.
  static std::optional<AddressBlock> parse(std::string_view text, std::string* why = nullptr);

  const Address& first() const { return first_; }
  const Address& last() const { return last_; }
  bool is_single() const { return first_ == last_; }
  bool contains(const Address& address) const { return first_ <= address && address <= last_; }
  bool overlaps(const AddressBlock& other) const { return first_ <= other.last_ && other.first_ <= last_; }

  // How many addresses; saturates at 2^64 - 1.
  std::uint64_t size() const;
  // The index-th address, 0 <= index < size().
  Address at(std::uint64_t index) const;

  // One address, CIDR where the block is one, else "first-last".
  std::string to_string() const;

  friend bool operator==(const AddressBlock&, const AddressBlock&) = default;

 private:
  Address first_;
  Address last_;
};

}  // namespace edgesurvey
