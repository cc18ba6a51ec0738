#include <algorithm>

#include "tests/lab/farm/packet.hpp"

namespace edgesurvey::farm {
namespace {

std::uint16_t read16(View bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8U | bytes[at + 1]);
}

std::uint32_t read32(View bytes, std::size_t at) {
  return std::uint32_t{read16(bytes, at)} << 16U | read16(bytes, at + 2);
}

Ip read_ip(View bytes, std::size_t at, bool v4) {
  Ip ip;
  ip.v4 = v4;
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), ip.size(), ip.bytes.begin());
  return ip;
}

std::optional<Datagram> parse_v4(View packet) {
  if (packet.size() < 20) return std::nullopt;
  const std::size_t header = (packet[0] & 0x0fU) * 4U;
  const std::size_t total = read16(packet, 2);
  const bool fragment = (read16(packet, 6) & 0x3fffU) != 0;  // more to come, or not the first
  if (header < 20 || total < header || total > packet.size() || fragment) return std::nullopt;
  return Datagram{read_ip(packet, 12, true), read_ip(packet, 16, true), packet[9],
                  packet.subspan(header, total - header), packet.first(total)};
}

std::optional<Datagram> parse_v6(View packet) {
  if (packet.size() < 40) return std::nullopt;
  const std::size_t length = read16(packet, 4);
  if (40 + length > packet.size()) return std::nullopt;
  return Datagram{read_ip(packet, 8, false), read_ip(packet, 24, false), packet[6],
                  packet.subspan(40, length), packet.first(40 + length)};
}

}  // namespace

std::optional<Datagram> parse_datagram(View packet) {
  if (packet.empty()) return std::nullopt;
  switch (packet[0] >> 4U) {
    case 4:
      return parse_v4(packet);
    case 6:
      return parse_v6(packet);
    default:
      return std::nullopt;
  }
}

std::optional<Segment> parse_tcp(const Datagram& datagram) {
  const View bytes = datagram.payload;
  if (datagram.protocol != protocol_tcp || bytes.size() < 20) return std::nullopt;
  const std::size_t header = (bytes[12] >> 4U) * 4U;
  if (header < 20 || header > bytes.size()) return std::nullopt;
  return Segment{datagram.from,    datagram.to, read16(bytes, 0),  read16(bytes, 2),     read32(bytes, 4),
                 read32(bytes, 8), bytes[13],   read16(bytes, 14), bytes.subspan(header)};
}

std::optional<Udp> parse_udp(const Datagram& datagram) {
  const View bytes = datagram.payload;
  if (datagram.protocol != protocol_udp || bytes.size() < 8) return std::nullopt;
  return Udp{read16(bytes, 0), read16(bytes, 2), bytes.subspan(8)};
}

bool is_echo_request(const Datagram& datagram) {
  if (datagram.payload.size() < 8) return false;
  if (datagram.protocol == protocol_icmp) return datagram.from.v4 && datagram.payload[0] == 8;
  return datagram.protocol == protocol_icmpv6 && !datagram.from.v4 && datagram.payload[0] == 128;
}

}  // namespace edgesurvey::farm
