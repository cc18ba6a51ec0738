// One IPv4 or IPv6 address as a value: 16 bytes and a family, ordered, hashable, printable.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace edgesurvey {

enum class Family : std::uint8_t { ipv4, ipv6 };

// What an address is for, by the IANA special-purpose registries (RFC 6890) and RFC 4291.
enum class AddressKind : std::uint8_t {
  global,       // anything that is none of the below; blocks for documentation and benchmarks too
  private_use,  // RFC 1918, RFC 6598 shared space, RFC 4193 unique local, site-local, RFC 8215
  loopback,     // 127.0.0.0/8, ::1
  link_local,   // 169.254.0.0/16, fe80::/10
  multicast,    // 224.0.0.0/4, ff00::/8
  broadcast,    // 255.255.255.255
  unspecified,  // 0.0.0.0/8 ("this network"), ::
};

class Address {
 public:
  using Bytes = std::array<std::uint8_t, 16>;

  // 0.0.0.0
  Address() = default;

  // IPv4 as 4 bytes in network order.
  static Address v4(std::array<std::uint8_t, 4> bytes);
  // IPv6 as 16 bytes in network order. An IPv4-mapped address (::ffff:a.b.c.d) becomes the IPv4 address it
  // stands for, so that it cannot be used to walk around a scope or a refusal.
  static Address v6(const Bytes& bytes);

  // Dotted quad (four decimal parts, no leading zeros, no octal or hex) or RFC 4291 text, brackets allowed
  // around IPv6. No zone index: a scanner of external Edges has no use for link-local scopes.
  static std::optional<Address> parse(std::string_view text);

  Family family() const { return family_; }
  bool is_v4() const { return family_ == Family::ipv4; }
  // 32 or 128.
  unsigned bits() const { return is_v4() ? 32 : 128; }
  // IPv4 uses the first four bytes; the rest are zero.
  const Bytes& bytes() const { return bytes_; }
  // An IPv6 address that leads to an IPv4 one is of that one's kind where it is not global: 64:ff9b::10.0.0.1
  // reaches the inside as surely as 10.0.0.1 does.
  AddressKind kind() const;

  // The IPv4 address inside an IPv6 one by NAT64's well-known prefix (RFC 6052), 6to4 (RFC 3056), the
  // IPv4-mapped or the deprecated IPv4-compatible form (RFC 4291). nullopt for any other, for IPv4, for ::
  // and for ::1.
  std::optional<Address> embedded_v4() const;

  // The other way round: the IPv6 addresses that lead to this IPv4 one, as the first and last of each form,
  // the forms always in the same order. ::1 and :: look as if they did. Precondition: is_v4().
  std::vector<std::pair<Address, Address>> embeddings() const;

  // RFC 5952 for IPv6; no brackets.
  std::string to_string() const;

  // The address that many further on, or back, in the same family; nullopt past the family's last or first.
  // IPv6 stays IPv6, also inside ::ffff:0:0/96.
  std::optional<Address> plus(std::uint64_t offset) const;
  std::optional<Address> minus(std::uint64_t offset) const;

  // The first and the last address of the CIDR block around this one. Precondition: prefix_length <= bits().
  Address first_of_block(unsigned prefix_length) const { return with_host_bits(prefix_length, false); }
  Address last_of_block(unsigned prefix_length) const { return with_host_bits(prefix_length, true); }

  // IPv4 sorts before IPv6, then by number.
  friend auto operator<=>(const Address&, const Address&) = default;

 private:
  Address(Family family, const Bytes& bytes) : family_(family), bytes_(bytes) {}
  Address with_host_bits(unsigned prefix_length, bool set) const;

  Family family_ = Family::ipv4;
  Bytes bytes_{};
};

// to - from, saturating at 2^64 - 1. Precondition: same family, from <= to.
std::uint64_t distance(const Address& from, const Address& to);

}  // namespace edgesurvey

template <>
struct std::hash<edgesurvey::Address> {
  std::size_t operator()(const edgesurvey::Address& address) const noexcept;
};
