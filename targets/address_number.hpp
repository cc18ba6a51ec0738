// An address as the unsigned number it is, for arithmetic: 128 bits in two halves, because standard C++ has
// no 128-bit integer.
#pragma once

#include <cstdint>
#include <optional>

#include "targets/address.hpp"

namespace edgesurvey {

class AddressNumber {
 public:
  explicit AddressNumber(const Address& address);

  // nullopt past the last, or before the first, address of the family.
  std::optional<AddressNumber> plus(std::uint64_t offset) const;
  std::optional<AddressNumber> minus(std::uint64_t offset) const;

  // this - from, saturating at 2^64 - 1. Precondition: same family, from <= this.
  std::uint64_t distance_from(const AddressNumber& from) const;

  Address::Bytes to_bytes() const;
  std::uint64_t high() const { return high_; }
  std::uint64_t low() const { return low_; }

 private:
  AddressNumber(Family family, std::uint64_t high, std::uint64_t low)
      : family_(family), high_(high), low_(low) {}

  Family family_;
  std::uint64_t high_ = 0;  // zero for IPv4
  std::uint64_t low_ = 0;
};

}  // namespace edgesurvey
