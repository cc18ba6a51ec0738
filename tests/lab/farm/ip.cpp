#include "tests/lab/farm/ip.hpp"

#include <arpa/inet.h>

#include "tests/lab/farm/draw.hpp"

namespace edgesurvey::farm {

std::optional<Ip> parse_ip(std::string_view text) {
  const std::string terminated(text);
  Ip ip;
  if (inet_pton(AF_INET, terminated.c_str(), ip.bytes.data()) == 1) return ip;
  ip.v4 = false;
  if (inet_pton(AF_INET6, terminated.c_str(), ip.bytes.data()) == 1) return ip;
  return std::nullopt;
}

std::string to_string(const Ip& ip) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(ip.v4 ? AF_INET : AF_INET6, ip.bytes.data(), text.data(), static_cast<socklen_t>(text.size()));
  return text.data();
}

Ip operator+(Ip base, std::uint32_t offset) {
  std::uint64_t carry = offset;
  for (std::size_t i = base.size(); i-- > base.size() - 4;) {
    carry += base.bytes[i];
    base.bytes[i] = static_cast<std::uint8_t>(carry & 0xffU);
    carry >>= 8U;
  }
  return base;
}

std::uint64_t hash_of(const Ip& ip) {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    high = high << 8U | ip.bytes[i];
    low = low << 8U | ip.bytes[i + 8];
  }
  return mix(mix(high, low), ip.v4 ? 4 : 6);
}

}  // namespace edgesurvey::farm
