#include "targets/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cassert>
#include <limits>

namespace edgesurvey {
namespace {

constexpr std::array<std::uint8_t, 12> v4_mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

// inet_pton() of a text that need not end in a NUL. Unlike inet_aton() it takes IPv4 only as four decimal
// parts without leading zeros.
bool parse_bytes(int family, std::string_view text, Address::Bytes& bytes) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  // inet_pton() stops at a NUL: one inside the text would hide what follows it.
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return false;
  std::copy(text.begin(), text.end(), terminated.begin());
  return inet_pton(family, terminated.data(), bytes.data()) == 1;
}

std::string_view without_brackets(std::string_view text) {
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? text.substr(1, text.size() - 2) : text;
}

// An address as the unsigned number it is, for arithmetic. Not in standard C++, but in GCC and clang.
__extension__ using Number = unsigned __int128;

std::size_t byte_count(Family family) {
  return family == Family::ipv4 ? 4 : 16;
}

Number number_of(const Address& address) {
  Number number = 0;
  for (std::size_t i = 0; i < byte_count(address.family()); ++i) number = (number << 8) | address.bytes()[i];
  return number;
}

Address::Bytes bytes_of(Number number, Family family) {
  Address::Bytes bytes{};
  for (std::size_t i = byte_count(family); i-- > 0; number >>= 8)
    bytes[i] = static_cast<std::uint8_t>(number);
  return bytes;
}

Number last_of(Family family) {
  return family == Family::ipv4 ? Number{0xFFFFFFFF} : ~Number{0};
}

}  // namespace

Address Address::v4(std::array<std::uint8_t, 4> bytes) {
  return {Family::ipv4, {bytes[0], bytes[1], bytes[2], bytes[3]}};
}

Address Address::v6(const Bytes& bytes) {
  if (std::equal(v4_mapped_prefix.begin(), v4_mapped_prefix.end(), bytes.begin())) {
    return v4({bytes[12], bytes[13], bytes[14], bytes[15]});
  }
  return {Family::ipv6, bytes};
}

std::optional<Address> Address::parse(std::string_view text) {
  Bytes bytes{};
  if (text.find(':') == std::string_view::npos) {
    if (!parse_bytes(AF_INET, text, bytes)) return std::nullopt;
    return Address(Family::ipv4, bytes);
  }
  if (!parse_bytes(AF_INET6, without_brackets(text), bytes)) return std::nullopt;
  return v6(bytes);
}

std::string Address::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* const written =
      inet_ntop(is_v4() ? AF_INET : AF_INET6, bytes_.data(), text.data(), text.size());
  assert(written != nullptr);  // the family is known, and the longest address fits
  return written;
}

std::optional<Address> Address::plus(std::uint64_t offset) const {
  const Number number = number_of(*this);
  if (offset > last_of(family_) - number) return std::nullopt;
  return Address(family_, bytes_of(number + offset, family_));
}

std::optional<Address> Address::minus(std::uint64_t offset) const {
  const Number number = number_of(*this);
  if (offset > number) return std::nullopt;
  return Address(family_, bytes_of(number - offset, family_));
}

Address Address::with_host_bits(unsigned prefix_length, bool set) const {
  Address result = *this;
  for (unsigned bit = prefix_length; bit < bits(); ++bit) {
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    std::uint8_t& byte = result.bytes_[bit / 8];
    byte = static_cast<std::uint8_t>(set ? byte | mask : byte & ~mask);
  }
  return result;
}

std::uint64_t distance(const Address& from, const Address& to) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  const Number steps = number_of(to) - number_of(from);
  return steps > most ? most : static_cast<std::uint64_t>(steps);
}

}  // namespace edgesurvey

std::size_t std::hash<edgesurvey::Address>::operator()(const edgesurvey::Address& address) const noexcept {
  // splitmix64's finaliser over both halves: neighbours in a block must not share buckets.
  const auto mix = [](std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
  };
  const auto number = edgesurvey::number_of(address);
  const auto high = static_cast<std::uint64_t>(number >> 64);
  const auto low = static_cast<std::uint64_t>(number);
  return static_cast<std::size_t>(mix(low + mix(high + (address.is_v4() ? 1 : 2))));
}
