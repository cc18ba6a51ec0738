#include "tests/lab/farm/packet.hpp"

#include <array>
#include <string>

#include "support/catch.hpp"

using namespace edgesurvey::farm;

namespace {

Segment syn_between(const std::string& from, const std::string& to) {
  Segment syn;
  syn.from = *parse_ip(from);
  syn.to = *parse_ip(to);
  syn.from_port = 40000;
  syn.to_port = 50001;
  syn.seq = 0xfffffffe;
  syn.flags = tcp::syn;
  syn.window = 64240;
  return syn;
}

// What the receiving kernel checks: the whole TCP part with its pseudo-header sums to nothing.
bool checksum_holds(const Datagram& d) {
  const bool plain_icmp = d.protocol == protocol_icmp;
  return internet_checksum(
             d.payload, plain_icmp ? 0 : pseudo_header_sum(d.from, d.to, d.protocol, d.payload.size())) == 0;
}

}  // namespace

TEST_CASE("The checksum of RFC 1071's own example is the one it gives") {
  const std::array<std::uint8_t, 8> bytes{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
  CHECK(internet_checksum(bytes) == static_cast<std::uint16_t>(~0xddf2U & 0xffffU));
}

TEST_CASE("An odd last byte counts as the high half of a word") {
  const std::array<std::uint8_t, 3> odd{0x12, 0x34, 0x56};
  const std::array<std::uint8_t, 4> even{0x12, 0x34, 0x56, 0x00};
  CHECK(internet_checksum(odd) == internet_checksum(even));
}

TEST_CASE("A segment that was written is read back the same, in both families, with sound checksums") {
  const auto addresses =
      GENERATE(std::pair{"198.18.0.1", "198.18.1.7"}, std::pair{"2001:db8::1", "2001:db8::7"});
  const auto syn = syn_between(addresses.first, addresses.second);
  Bytes packet;
  write_tcp(packet, syn, 64);

  const auto datagram = parse_datagram(packet);
  REQUIRE(datagram);
  CHECK(checksum_holds(*datagram));
  if (syn.from.v4) CHECK(internet_checksum(View(packet).first(20)) == 0);
  const auto read = parse_tcp(*datagram);
  REQUIRE(read);
  CHECK(read->from == syn.from);
  CHECK(read->to == syn.to);
  CHECK(read->from_port == 40000);
  CHECK(read->to_port == 50001);
  CHECK(read->seq == 0xfffffffe);
  CHECK(read->flags == tcp::syn);
  CHECK(read->payload.empty());
}

TEST_CASE("An ICMP error names the firewall as its sender and quotes the SYN it refuses") {
  const auto v4 = GENERATE(true, false);
  const auto syn = v4 ? syn_between("198.18.0.1", "198.18.1.7") : syn_between("2001:db8::1", "2001:db8::7");
  const auto firewall = *parse_ip(v4 ? "198.19.0.9" : "2001:db8:f::9");
  Bytes original;
  write_tcp(original, syn, 64);
  Bytes packet;
  write_unreachable(packet, firewall, v4 ? Icmp{3, 10} : Icmp{1, 1}, *parse_datagram(original), 57);

  const auto datagram = parse_datagram(packet);
  REQUIRE(datagram);
  CHECK(datagram->from == firewall);
  CHECK(datagram->to == syn.from);
  CHECK(datagram->protocol == (v4 ? protocol_icmp : protocol_icmpv6));
  CHECK(datagram->payload[0] == (v4 ? 3 : 1));
  CHECK(datagram->payload[1] == (v4 ? 10 : 1));
  CHECK(checksum_holds(*datagram));
  const auto quoted = datagram->payload.subspan(8);
  CHECK(Bytes(quoted.begin(), quoted.end()) == original);
}

TEST_CASE("A packet cut short anywhere is not understood, and nothing beyond its end is read") {
  Bytes packet;
  write_tcp(packet, syn_between("2001:db8::1", "2001:db8::7"), 64);
  for (std::size_t size = 0; size < packet.size(); ++size) {
    const Bytes cut(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE(parse_datagram(cut));
  }
}

TEST_CASE("A fragment is not taken for a segment") {
  Bytes packet;
  write_tcp(packet, syn_between("198.18.0.1", "198.18.1.7"), 64);
  packet[6] = 0x20;  // more fragments
  CHECK_FALSE(parse_datagram(packet));
}
