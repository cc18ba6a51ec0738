#include "targets/address_block.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"

using namespace edgesurvey;
using Catch::Matchers::Contains;

namespace {

AddressBlock block(std::string_view text) {
  return AddressBlock::parse(text).value();
}

std::string refusal(std::string_view text) {
  std::string why;
  CHECK_FALSE(AddressBlock::parse(text, &why));
  return why;
}

rc::Gen<Address> nearby_address() {
  return rc::gen::map(
      rc::gen::pair(rc::gen::arbitrary<bool>(), rc::gen::arbitrary<std::uint16_t>()),
      [](const std::pair<bool, std::uint16_t>& p) {
        return Address::parse(p.first ? "198.51.0.0" : "2001:db8::").value().plus(p.second).value();
      });
}

}  // namespace

TEST_CASE("A block is one address, a CIDR block or a range") {
  CHECK(block("192.0.2.7").is_single());
  CHECK(block("192.0.2.0/24").size() == 256);
  CHECK(block("192.0.2.10-20").size() == 11);
  CHECK(block("192.0.2.10-192.0.3.5").last() == Address::v4({192, 0, 3, 5}));
  CHECK(block("2001:db8::/120").size() == 256);
  CHECK(block("2001:db8::1-2001:db8::ff").size() == 255);
  CHECK(block("[2001:db8::1]").is_single());
  CHECK(block("[2001:db8::]/64").to_string() == "2001:db8::/64");
}

TEST_CASE("Host bits in a CIDR block are allowed and mean the block around the address") {
  CHECK(block("192.0.2.77/24") == block("192.0.2.0/24"));
  CHECK(block("2001:db8::77/64").first() == Address::parse("2001:db8::"));
  CHECK(block("192.0.2.77/32") == block("192.0.2.77"));
}

TEST_CASE("A block of IPv4-mapped addresses is the IPv4 block") {
  CHECK(block("::ffff:192.0.2.0/120") == block("192.0.2.0/24"));
  CHECK_THAT(refusal("::ffff:192.0.2.0/24"), Contains("from 96 to 128"));
}

TEST_CASE("Blocks at the extremes have the right size") {
  CHECK(block("0.0.0.0/0").size() == std::uint64_t{1} << 32);
  CHECK(block("0.0.0.0/0").at(0xFFFFFFFF) == Address::v4({255, 255, 255, 255}));
  CHECK(block("::/0").size() == ~std::uint64_t{0});
  CHECK(block("2001:db8::/64").size() == ~std::uint64_t{0});
  CHECK(block("2001:db8::/65").size() == std::uint64_t{1} << 63);
  CHECK(block("::/0").contains(*Address::parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
  CHECK_FALSE(block("::/0").contains(*Address::parse("::ffff:192.0.2.1")));
}

TEST_CASE("A bad prefix length is refused with the lengths that are allowed") {
  CHECK_THAT(refusal("192.0.2.0/33"), Contains("from 0 to 32"));
  CHECK_THAT(refusal("2001:db8::/129"), Contains("from 0 to 128"));
  CHECK_THAT(refusal("192.0.2.0/255.255.255.0"), Contains("not a prefix length"));
  for (const char* bad : {"192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.0/8x", "192.0.2.0/24/8"}) {
    CHECK_THAT(refusal(bad), Contains("not a prefix length"));
  }
}

TEST_CASE("A bad range is refused with what is wrong") {
  CHECK_THAT(refusal("192.0.2.20-10"), Contains("reversed: write 192.0.2.10-192.0.2.20"));
  CHECK_THAT(refusal("192.0.2.20-192.0.1.30"), Contains("reversed"));
  CHECK_THAT(refusal("192.0.2.1-2001:db8::1"), Contains("family"));
  CHECK_THAT(refusal("192.0.2.1-256"), Contains("last part (0 to 255)"));
  CHECK_THAT(refusal("192.0.2.1-"), Contains("cannot end a range"));
  CHECK_THAT(refusal("192.0.2.1-2-3"), Contains("cannot end a range"));
  CHECK_THAT(refusal("-192.0.2.1"), Contains("missing"));
}

TEST_CASE("A mistyped address is refused with the part that is wrong") {
  CHECK_THAT(refusal("192.168.1.256"), Contains("'256' is over 255"));
  CHECK_THAT(refusal("1.2.3"), Contains("3 parts instead of four"));
  CHECK_THAT(refusal("010.1.1.1"), Contains("octal; write '10'"));
  CHECK_THAT(refusal("1..2.3"), Contains("empty part"));
  CHECK_THAT(refusal("1.2.3.x"), Contains("'x' is not a number"));
  CHECK_THAT(refusal("fe80::1%eth0"), Contains("zone index"));
  CHECK_THAT(refusal("2001:db8:::1"), Contains("not IPv6"));
  CHECK_THAT(refusal("1.2.3.99999999999999999999"), Contains("over 255"));
}

TEST_CASE("Hostile text in a refusal is escaped and shortened") {
  const std::string why = refusal("1.2.\x1b[31m" + std::string(500, '9'));
  CHECK(why.find('\x1b') == std::string::npos);
  CHECK_THAT(why, Contains("\\x1b"));
  CHECK(why.size() < 200);
}

TEST_CASE("What is written of a block reads back as the same block") {
  REQUIRE(rc::check([] {
    Address first = *nearby_address();
    Address last = *nearby_address();
    RC_PRE(first.family() == last.family());
    if (last < first) std::swap(first, last);
    const AddressBlock written(first, last);
    RC_ASSERT(AddressBlock::parse(written.to_string()) == written);
    RC_ASSERT(written.at(0) == first);
    RC_ASSERT(written.at(written.size() - 1) == last);
  }));
}

TEST_CASE("Every CIDR block contains its address and is written as CIDR") {
  REQUIRE(rc::check([] {
    const Address address = *nearby_address();
    const auto length = *rc::gen::inRange(0U, address.bits());
    const AddressBlock around = block(address.to_string() + "/" + std::to_string(length));
    RC_ASSERT(around.contains(address));
    RC_ASSERT(around.to_string() == around.first().to_string() + "/" + std::to_string(length));
  }));
}
