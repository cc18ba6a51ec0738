#include "targets/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "targets/address_number.hpp"

namespace edgesurvey {
namespace {

constexpr std::array<std::uint8_t, 12> v4_mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

// One decimal part without leading zeros, taken off the front. inet_aton would read "010" as eight.
std::optional<std::uint8_t> take_octet(std::string_view& text) {
  unsigned value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + std::min<std::size_t>(text.size(), 3), value);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || value > 255 || (digits > 1 && text.front() == '0')) return std::nullopt;
  text.remove_prefix(digits);
  return static_cast<std::uint8_t>(value);
}

std::optional<Address> parse_v4(std::string_view text) {
  std::array<std::uint8_t, 4> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0) {
      if (text.empty() || text.front() != '.') return std::nullopt;
      text.remove_prefix(1);
    }
    const auto octet = take_octet(text);
    if (!octet) return std::nullopt;
    bytes[i] = *octet;
  }
  if (!text.empty()) return std::nullopt;
  return Address::v4(bytes);
}

std::optional<Address> parse_v6(std::string_view text) {
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  // inet_pton stops at a NUL: one inside the text would hide what follows it.
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  Address::Bytes bytes{};
  if (inet_pton(AF_INET6, terminated.data(), bytes.data()) != 1) return std::nullopt;
  return Address::v6(bytes);
}

std::string to_dotted_quad(const Address::Bytes& bytes) {
  std::string text;
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) text += '.';
    text += std::to_string(bytes[i]);
  }
  return text;
}

using Groups = std::array<unsigned, 8>;

struct ZeroRun {
  std::size_t begin = 0;
  std::size_t length = 0;
  std::size_t end() const { return begin + length; }
};

// RFC 5952 section 4.2: "::" stands for the longest run of zero groups, the first of equals, never for one
// group.
ZeroRun longest_zero_run(const Groups& groups) {
  ZeroRun longest;
  ZeroRun current;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] != 0) {
      current = {i + 1, 0};
    } else if (++current.length > longest.length) {
      longest = current;
    }
  }
  return longest.length >= 2 ? longest : ZeroRun{};
}

std::string to_rfc5952(const Address::Bytes& bytes) {
  Groups groups{};
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = bytes[2 * i] * 256U + bytes[2 * i + 1];
  const ZeroRun zeros = longest_zero_run(groups);
  std::string text;
  for (std::size_t i = 0; i < groups.size();) {
    if (zeros.length > 0 && i == zeros.begin) {
      text += "::";
      i = zeros.end();
      continue;
    }
    if (!text.empty() && text.back() != ':') text += ':';
    std::array<char, 4> digits{};
    char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), groups[i], 16).ptr;
    text.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
    ++i;
  }
  return text;
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
  return text.find(':') == std::string_view::npos ? parse_v4(text) : parse_v6(text);
}

std::string Address::to_string() const {
  return is_v4() ? to_dotted_quad(bytes_) : to_rfc5952(bytes_);
}

std::optional<Address> Address::plus(std::uint64_t offset) const {
  const auto number = AddressNumber(*this).plus(offset);
  if (!number) return std::nullopt;
  return Address(family_, number->to_bytes());
}

std::optional<Address> Address::minus(std::uint64_t offset) const {
  const auto number = AddressNumber(*this).minus(offset);
  if (!number) return std::nullopt;
  return Address(family_, number->to_bytes());
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
  return AddressNumber(to).distance_from(AddressNumber(from));
}

}  // namespace edgesurvey

std::size_t std::hash<edgesurvey::Address>::operator()(const edgesurvey::Address& address) const noexcept {
  // splitmix64's finaliser over both halves: neighbours in a block must not share buckets.
  const auto mix = [](std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
  };
  const edgesurvey::AddressNumber number(address);
  return static_cast<std::size_t>(mix(number.low() + mix(number.high() + (address.is_v4() ? 1 : 2))));
}
