#include <algorithm>

#include "tests/lab/farm/packet.hpp"

namespace edgesurvey::farm {
namespace {

void put16(Bytes& out, std::uint32_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8U & 0xffU));
  out.push_back(static_cast<std::uint8_t>(value & 0xffU));
}

void put32(Bytes& out, std::uint32_t value) {
  put16(out, value >> 16U);
  put16(out, value & 0xffffU);
}

void put(Bytes& out, View bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void put_ip(Bytes& out, const Ip& ip) {
  put(out, View(ip.bytes).first(ip.size()));
}

void set16(Bytes& out, std::size_t at, std::uint16_t value) {
  out[at] = static_cast<std::uint8_t>(value >> 8U);
  out[at + 1] = static_cast<std::uint8_t>(value & 0xffU);
}

// Starts a packet; returns where its payload begins. Its length is not known before seal().
std::size_t start(Bytes& out, const Ip& from, const Ip& to, std::uint8_t protocol, std::uint8_t ttl) {
  out.clear();
  if (from.v4) {
    put32(out, 0x45000000);  // version 4, 5 words, length to come
    put32(out, 0x00004000);  // not to be fragmented
    out.push_back(ttl);
    out.push_back(protocol);
    put16(out, 0);  // checksum to come
  } else {
    put32(out, 0x60000000);
    put16(out, 0);  // length to come
    out.push_back(protocol);
    out.push_back(ttl);
  }
  put_ip(out, from);
  put_ip(out, to);
  return out.size();
}

// Fills in the length, the header's checksum and, at `checksum_at` of the payload, the payload's.
void seal(Bytes& out, std::size_t payload_at, std::size_t checksum_at, std::uint32_t pseudo_sum) {
  const View whole(out);
  if (whole[0] >> 4U == 4) {
    set16(out, 2, static_cast<std::uint16_t>(out.size()));
    set16(out, 10, internet_checksum(whole.first(20)));
  } else {
    set16(out, 4, static_cast<std::uint16_t>(out.size() - payload_at));
  }
  set16(out, payload_at + checksum_at, internet_checksum(View(out).subspan(payload_at), pseudo_sum));
}

// ICMP's checksum knows no pseudo-header, ICMPv6's does (RFC 4443 2.3).
std::uint32_t icmp_sum(const Ip& from, const Ip& to, std::size_t length) {
  return from.v4 ? 0 : pseudo_header_sum(from, to, protocol_icmpv6, length);
}

}  // namespace

std::uint16_t internet_checksum(View bytes, std::uint32_t sum) {
  std::uint64_t total = sum;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    total += static_cast<std::uint32_t>(bytes[i] << 8U | bytes[i + 1]);
  if (bytes.size() % 2 == 1) total += static_cast<std::uint32_t>(bytes.back() << 8U);
  while (total >> 16U != 0) total = (total & 0xffffU) + (total >> 16U);
  return static_cast<std::uint16_t>(~total & 0xffffU);
}

std::uint32_t pseudo_header_sum(const Ip& from, const Ip& to, std::uint8_t protocol, std::size_t length) {
  std::uint32_t sum = protocol + static_cast<std::uint32_t>(length);
  for (std::size_t i = 0; i < from.size(); i += 2) {
    sum += static_cast<std::uint32_t>(from.bytes[i] << 8U | from.bytes[i + 1]);
    sum += static_cast<std::uint32_t>(to.bytes[i] << 8U | to.bytes[i + 1]);
  }
  return sum;
}

void write_tcp(Bytes& out, const Segment& segment, std::uint8_t ttl) {
  const auto payload_at = start(out, segment.from, segment.to, protocol_tcp, ttl);
  const bool syn = (segment.flags & tcp::syn) != 0;
  put16(out, segment.from_port);
  put16(out, segment.to_port);
  put32(out, segment.seq);
  put32(out, segment.ack);
  out.push_back(syn ? 0x60 : 0x50);  // 6 words with the MSS option, else 5
  out.push_back(segment.flags);
  put16(out, segment.window);
  put32(out, 0);  // checksum to come, no urgent pointer
  if (syn) {
    put16(out, 0x0204);  // MSS
    put16(out, segment.from.v4 ? 1460 : 1440);
  }
  put(out, segment.payload);
  const auto length = out.size() - payload_at;
  seal(out, payload_at, 16, pseudo_header_sum(segment.from, segment.to, protocol_tcp, length));
}

void write_unreachable(Bytes& out, const Ip& from, Icmp icmp, const Datagram& refused, std::uint8_t ttl) {
  const auto payload_at = start(out, from, refused.from, from.v4 ? protocol_icmp : protocol_icmpv6, ttl);
  out.push_back(icmp.type);
  out.push_back(icmp.code);
  put16(out, 0);
  put32(out, 0);
  // The whole SYN fits: RFC 1812 4.3.2.3 wants at most 576 bytes, RFC 4443 2.4 at most 1280.
  put(out, refused.whole.first(std::min<std::size_t>(refused.whole.size(), 512)));
  seal(out, payload_at, 2, icmp_sum(from, refused.from, out.size() - payload_at));
}

void write_echo_reply(Bytes& out, const Datagram& request, std::uint8_t ttl) {
  const auto payload_at = start(out, request.to, request.from, request.protocol, ttl);
  out.push_back(request.to.v4 ? 0 : 129);
  out.push_back(0);
  put16(out, 0);
  put(out, request.payload.subspan(4));
  seal(out, payload_at, 2, icmp_sum(request.to, request.from, out.size() - payload_at));
}

void write_udp(Bytes& out, const Datagram& request, const Udp& answer, std::uint8_t ttl) {
  const auto payload_at = start(out, request.to, request.from, protocol_udp, ttl);
  const auto length = answer.payload.size() + 8;
  put16(out, answer.from_port);
  put16(out, answer.to_port);
  put16(out, static_cast<std::uint32_t>(length));
  put16(out, 0);
  put(out, answer.payload);
  seal(out, payload_at, 6, pseudo_header_sum(request.to, request.from, protocol_udp, length));
  // A sum of 0 would say "no checksum", which IPv6 forbids (RFC 8200 8.1).
  if (out[payload_at + 6] == 0 && out[payload_at + 7] == 0) set16(out, payload_at + 6, 0xffff);
}

}  // namespace edgesurvey::farm
