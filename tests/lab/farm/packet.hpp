// Raw IPv4 and IPv6 packets as a TUN device carries them: read what a scanner sends, write what a host would.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tests/lab/farm/ip.hpp"
#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

inline constexpr std::uint8_t protocol_icmp = 1;
inline constexpr std::uint8_t protocol_tcp = 6;
inline constexpr std::uint8_t protocol_udp = 17;
inline constexpr std::uint8_t protocol_icmpv6 = 58;

namespace tcp {
inline constexpr std::uint8_t fin = 1, syn = 2, rst = 4, psh = 8, ack = 16;
}

// Views into the packet it was parsed from.
struct Datagram {
  Ip from, to;
  std::uint8_t protocol = 0;
  View payload;
  View whole;  // header included, as an ICMP error quotes it
};

struct Segment {
  Ip from, to;
  std::uint16_t from_port = 0, to_port = 0;
  std::uint32_t seq = 0, ack = 0;
  std::uint8_t flags = 0;
  std::uint16_t window = 0;
  View payload;
};

struct Udp {
  std::uint16_t from_port = 0, to_port = 0;
  View payload;
};

// nullopt for what is cut short, fragmented, or bears IPv6 extension headers: no scanner's SYN does.
std::optional<Datagram> parse_datagram(View packet);
std::optional<Segment> parse_tcp(const Datagram& datagram);
std::optional<Udp> parse_udp(const Datagram& datagram);
bool is_echo_request(const Datagram& datagram);

// Each replaces the contents of `out` with one whole packet, checksums done. `ttl` is what arrives.
void write_tcp(Bytes& out, const Segment& segment, std::uint8_t ttl);  // a SYN carries an MSS option
void write_unreachable(Bytes& out, const Ip& from, Icmp icmp, const Datagram& refused, std::uint8_t ttl);
void write_echo_reply(Bytes& out, const Datagram& request, std::uint8_t ttl);
void write_udp(Bytes& out, const Datagram& request, const Udp& answer, std::uint8_t ttl);

// RFC 1071 over `bytes`, starting from a sum of what is not in them. A correct packet sums to 0.
std::uint16_t internet_checksum(View bytes, std::uint32_t sum = 0);
// The sum of the pseudo-header of RFC 9293 3.1 and RFC 8200 8.1.
std::uint32_t pseudo_header_sum(const Ip& from, const Ip& to, std::uint8_t protocol, std::size_t length);

}  // namespace edgesurvey::farm
