#include "targets/address.hpp"

#include <rapidcheck.h>

#include <unordered_set>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

AddressKind kind_of(std::string_view text) {
  return Address::parse(text).value().kind();
}
std::string canonical(std::string_view text) {
  return Address::parse(text).value().to_string();
}

rc::Gen<Address> any_address() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::arbitrary<bool>(), rc::gen::container<std::array<std::uint8_t, 16>>(
                                                    rc::gen::element<std::uint8_t>(0, 0, 1, 255, 192))),
      [](const std::pair<bool, Address::Bytes>& p) {
        const auto& b = p.second;
        return p.first ? Address::v4({b[0], b[1], b[2], b[3]}) : Address::v6(b);
      });
}

}  // namespace

TEST_CASE("An IPv4 address is four decimal parts and nothing else") {
  CHECK(canonical("192.0.2.7") == "192.0.2.7");
  CHECK(canonical("0.0.0.0") == "0.0.0.0");
  CHECK(canonical("255.255.255.255") == "255.255.255.255");
  for (const char* bad :
       {"",         ".",         "1",          "1.2.3",     "1.2.3.4.5", "1.2.3.4.",   ".1.2.3.4",
        "1..2.3",   "256.1.1.1", "1.2.3.1000", "010.1.1.1", "1.1.1.00",  "0x7f.0.0.1", "+1.2.3.4",
        "-1.2.3.4", " 1.2.3.4",  "1.2.3.4 ",   "1.2.3.4a",  "127.1",     "2130706433"}) {
    INFO(bad);
    CHECK_FALSE(Address::parse(bad));
  }
}

TEST_CASE("An IPv6 address is shown as RFC 5952 recommends") {
  CHECK(canonical("2001:0DB8:0000:0000:0000:0000:0000:0001") == "2001:db8::1");
  CHECK(canonical("2001:db8:0:1:1:1:1:1") == "2001:db8:0:1:1:1:1:1");  // one zero group stays
  CHECK(canonical("2001:0:0:1:0:0:0:1") == "2001:0:0:1::1");           // the longest run
  CHECK(canonical("2001:db8:0:0:1:0:0:1") == "2001:db8::1:0:0:1");     // the first of equals
  CHECK(canonical("::") == "::");
  CHECK(canonical("::1") == "::1");
  CHECK(canonical("1::") == "1::");
  CHECK(canonical("[2001:db8::7]") == "2001:db8::7");
  CHECK(canonical("::102:304") == "::1.2.3.4");  // section 5: what is known to hold an IPv4 address shows it
  CHECK(canonical("64:ff9b::102:304") == "64:ff9b::102:304");
}

TEST_CASE("Text that is nearly IPv6 is refused") {
  using namespace std::string_view_literals;
  for (const auto bad : {":"sv, ":::"sv, "1::2::3"sv, "2001:db8::g"sv, "12345::"sv, "1:2:3:4:5:6:7"sv,
                         "1:2:3:4:5:6:7:8:9"sv, "fe80::1%eth0"sv, "[::1"sv, "::1]"sv, "[[::1]]"sv, "[]"sv,
                         "::1\0junk"sv, "::1.2.3"sv, "::ffff:010.1.1.1"sv, "2001:db8::1/64"sv}) {
    INFO(bad);
    CHECK_FALSE(Address::parse(bad));
  }
}

TEST_CASE("An IPv4-mapped address is the IPv4 address it stands for") {
  CHECK(canonical("::ffff:10.1.2.3") == "10.1.2.3");
  CHECK(Address::parse("[::ffff:a01:203]") == Address::v4({10, 1, 2, 3}));
  CHECK(Address::parse("::ffff:127.0.0.1")->is_v4());
}

TEST_CASE("The kind of an address follows the special-purpose registries up to their edges") {
  CHECK(kind_of("0.255.255.255") == AddressKind::unspecified);
  CHECK(kind_of("1.0.0.0") == AddressKind::global);
  CHECK(kind_of("10.0.0.0") == AddressKind::private_use);
  CHECK(kind_of("11.0.0.0") == AddressKind::global);
  CHECK(kind_of("100.63.255.255") == AddressKind::global);
  CHECK(kind_of("100.64.0.0") == AddressKind::private_use);
  CHECK(kind_of("100.127.255.255") == AddressKind::private_use);
  CHECK(kind_of("100.128.0.0") == AddressKind::global);
  CHECK(kind_of("127.255.255.255") == AddressKind::loopback);
  CHECK(kind_of("169.254.169.254") == AddressKind::link_local);
  CHECK(kind_of("172.15.255.255") == AddressKind::global);
  CHECK(kind_of("172.16.0.0") == AddressKind::private_use);
  CHECK(kind_of("172.31.255.255") == AddressKind::private_use);
  CHECK(kind_of("172.32.0.0") == AddressKind::global);
  CHECK(kind_of("192.168.0.1") == AddressKind::private_use);
  CHECK(kind_of("223.255.255.255") == AddressKind::global);
  CHECK(kind_of("224.0.0.0") == AddressKind::multicast);
  CHECK(kind_of("239.255.255.255") == AddressKind::multicast);
  CHECK(kind_of("255.255.255.255") == AddressKind::broadcast);
  CHECK(kind_of("::") == AddressKind::unspecified);
  CHECK(kind_of("::1") == AddressKind::loopback);
  CHECK(kind_of("fbff::1") == AddressKind::global);
  CHECK(kind_of("fc00::1") == AddressKind::private_use);
  CHECK(kind_of("fdff::1") == AddressKind::private_use);
  CHECK(kind_of("fe80::1") == AddressKind::link_local);
  CHECK(kind_of("febf::1") == AddressKind::link_local);
  CHECK(kind_of("fec0::1") == AddressKind::private_use);
  CHECK(kind_of("ff02::1") == AddressKind::multicast);
  CHECK(kind_of("2001:db8::1") == AddressKind::global);
}

TEST_CASE("The reserved rest of IPv4 holds no public host") {
  CHECK(kind_of("240.0.0.1") == AddressKind::private_use);
  CHECK(kind_of("255.255.255.254") == AddressKind::private_use);
  CHECK(kind_of("255.255.255.255") == AddressKind::broadcast);
}

TEST_CASE("An IPv6 address that leads to an internal IPv4 address counts as internal") {
  CHECK(kind_of("64:ff9b::10.0.0.1") == AddressKind::private_use);
  CHECK(kind_of("64:ff9b::192.0.2.1") == AddressKind::global);
  CHECK(kind_of("64:ff9b:1::1") == AddressKind::private_use);
  CHECK(kind_of("2002:7f00:1::1") == AddressKind::loopback);
  CHECK(kind_of("2002:c000:201::1") == AddressKind::global);
  CHECK(kind_of("2002:e000:1::1") == AddressKind::multicast);
  CHECK(kind_of("::169.254.1.1") == AddressKind::link_local);
  CHECK(kind_of("::ffff:0:10.0.0.1") == AddressKind::private_use);
  CHECK(kind_of("2001:0:a00:1::") == AddressKind::global);  // Teredo leads to its client, wherever that is
  CHECK(Address::parse("64:ff9b::10.0.0.1")->embedded_v4() == Address::v4({10, 0, 0, 1}));
  CHECK_FALSE(Address::parse("::1")->embedded_v4());
  CHECK_FALSE(Address::parse("2001:db8::1")->embedded_v4());
}

TEST_CASE("Steps end at the first and the last address of the family") {
  CHECK(Address::parse("192.0.2.255")->plus(1) == Address::parse("192.0.3.0"));
  CHECK(Address::parse("0.0.0.0")->plus(0xFFFFFFFF) == Address::parse("255.255.255.255"));
  CHECK_FALSE(Address::parse("255.255.255.255")->plus(1));
  CHECK_FALSE(Address::parse("0.0.0.1")->plus(~std::uint64_t{0}));
  CHECK_FALSE(Address::parse("0.0.0.0")->minus(1));
  CHECK(Address::parse("::ffff:ffff:ffff:ffff")->plus(1) == Address::parse("0:0:0:1::"));
  CHECK(Address::parse("0:0:0:1::")->minus(1) == Address::parse("::ffff:ffff:ffff:ffff"));
  CHECK_FALSE(Address::parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")->plus(1));
  CHECK_FALSE(Address::parse("::")->minus(1));
}

TEST_CASE("A distance that 64 bits do not hold is the largest they do") {
  const auto between = [](const char* from, const char* to) {
    return distance(Address::parse(from).value(), Address::parse(to).value());
  };
  CHECK(between("0.0.0.0", "255.255.255.255") == 0xFFFFFFFF);
  CHECK(between("2001:db8::", "2001:db8::ffff:ffff:ffff:ffff") == ~std::uint64_t{0});
  CHECK(between("2001:db8::1", "2001:db8:0:1::") == ~std::uint64_t{0});
  CHECK(between("2001:db8::2", "2001:db8:0:1::") == ~std::uint64_t{0} - 1);
  CHECK(between("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff") == ~std::uint64_t{0});
}

TEST_CASE("Every IPv4 address sorts before every IPv6 address, then by number") {
  CHECK(Address::parse("255.255.255.255") < Address::parse("::"));
  CHECK(Address::parse("9.0.0.0") < Address::parse("10.0.0.0"));
  CHECK(Address::parse("2001:db8::9") < Address::parse("2001:db8::10"));
}

TEST_CASE("What is written of an address reads back as the same address") {
  REQUIRE(rc::check([] {
    const Address address = *any_address();
    RC_ASSERT(Address::parse(address.to_string()) == address);
  }));
}

TEST_CASE("A step forward and the same step back meet, and the distance is the step") {
  REQUIRE(rc::check([] {
    const Address address = *any_address();
    const auto step = *rc::gen::arbitrary<std::uint64_t>();
    const auto there = address.plus(step);
    RC_PRE(there.has_value());
    RC_ASSERT(there->minus(step) == address);
    RC_ASSERT(distance(address, *there) == step);
    RC_ASSERT(there->family() == address.family());
  }));
}

TEST_CASE("Neighbouring addresses hash apart") {
  std::unordered_set<std::size_t> hashes;
  const Address first = Address::parse("10.0.0.0").value();
  for (std::uint64_t i = 0; i < 65536; ++i) hashes.insert(std::hash<Address>{}(*first.plus(i)) % 1048576);
  CHECK(hashes.size() > 60000);
  CHECK(std::hash<Address>{}(*Address::parse("0.0.0.1")) != std::hash<Address>{}(*Address::parse("::1")));
}
