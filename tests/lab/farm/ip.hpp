// An address of the farm as a value. The farm stands apart from the scanner it judges, so it has its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace edgesurvey::farm {

struct Ip {
  std::array<std::uint8_t, 16> bytes{};  // network order; IPv4 uses the first four
  bool v4 = true;

  std::size_t size() const { return v4 ? 4 : 16; }
  bool multicast() const { return v4 ? (bytes[0] & 0xf0U) == 0xe0U || bytes[0] == 0xff : bytes[0] == 0xff; }
  friend bool operator==(const Ip&, const Ip&) = default;
};

std::optional<Ip> parse_ip(std::string_view text);
std::string to_string(const Ip& ip);

// The address `offset` places after `base`, counted in its last four bytes.
Ip operator+(Ip base, std::uint32_t offset);

// Also the seed of everything drawn for a host: it meets the same luck in a subset of its farm.
std::uint64_t hash_of(const Ip& ip);
struct IpHash {
  std::size_t operator()(const Ip& ip) const { return hash_of(ip); }
};

}  // namespace edgesurvey::farm
