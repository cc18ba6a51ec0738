#include "targets/address_number.hpp"

#include <limits>

namespace edgesurvey {
namespace {

constexpr std::uint64_t last_v4 = 0xFFFFFFFFU;

std::uint64_t read_big_endian(const Address::Bytes& bytes, std::size_t begin, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = begin; i < begin + count; ++i) value = (value << 8) | bytes[i];
  return value;
}

void write_big_endian(Address::Bytes& bytes, std::size_t begin, std::size_t count, std::uint64_t value) {
  for (std::size_t i = begin + count; i-- > begin; value >>= 8)
    bytes[i] = static_cast<std::uint8_t>(value & 0xFF);
}

}  // namespace

AddressNumber::AddressNumber(const Address& address) : family_(address.family()) {
  if (address.is_v4()) {
    low_ = read_big_endian(address.bytes(), 0, 4);
  } else {
    high_ = read_big_endian(address.bytes(), 0, 8);
    low_ = read_big_endian(address.bytes(), 8, 8);
  }
}

std::optional<AddressNumber> AddressNumber::plus(std::uint64_t offset) const {
  if (family_ == Family::ipv4) {
    if (offset > last_v4 - low_) return std::nullopt;
    return AddressNumber(family_, 0, low_ + offset);
  }
  const std::uint64_t low = low_ + offset;
  const std::uint64_t carry = low < low_ ? 1 : 0;
  if (carry == 1 && high_ == std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
  return AddressNumber(family_, high_ + carry, low);
}

std::optional<AddressNumber> AddressNumber::minus(std::uint64_t offset) const {
  const std::uint64_t borrow = offset > low_ ? 1 : 0;
  if (borrow > high_) return std::nullopt;  // always so for IPv4, whose high half is zero
  return AddressNumber(family_, high_ - borrow, low_ - offset);
}

std::uint64_t AddressNumber::distance_from(const AddressNumber& from) const {
  const std::uint64_t borrow = from.low_ > low_ ? 1 : 0;
  if (high_ - from.high_ - borrow != 0) return std::numeric_limits<std::uint64_t>::max();
  return low_ - from.low_;
}

Address::Bytes AddressNumber::to_bytes() const {
  Address::Bytes bytes{};
  if (family_ == Family::ipv4) {
    write_big_endian(bytes, 0, 4, low_);
  } else {
    write_big_endian(bytes, 0, 8, high_);
    write_big_endian(bytes, 8, 8, low_);
  }
  return bytes;
}

}  // namespace edgesurvey
