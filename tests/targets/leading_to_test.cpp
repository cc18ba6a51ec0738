#include "targets/leading_to.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

AddressBlock block(std::string_view text) {
  return AddressBlock::parse(text).value();
}
Address address(std::string_view text) {
  return Address::parse(text).value();
}

}  // namespace

TEST_CASE("An IPv4 block is led to by NAT64, 6to4, and the mapped and compatible forms") {
  const AddressSet set = leading_to(AddressSet({block("192.0.2.0/24"), block("2001:db8::/32")}));
  for (const char* inside : {"64:ff9b::192.0.2.0", "64:ff9b::192.0.2.255", "2002:c000:200::", "::192.0.2.1",
                             "2002:c000:2ff:ffff:ffff:ffff:ffff:ffff"})
    CHECK(set.contains(address(inside)));
  CHECK(set.contains(address("::fffe:ffff:ffff").plus(1 + 0xC0000201ULL).value()));  // mapped, as IPv6
  for (const char* outside : {"64:ff9b::192.0.3.0", "2002:c000:300::", "192.0.2.1", "2001:db8::1"})
    CHECK_FALSE(set.contains(address(outside)));
}

TEST_CASE("The loopback and the unspecified address lead nowhere") {
  const AddressSet set = leading_to(AddressSet({block("0.0.0.0/8")}));
  CHECK_FALSE(set.contains(address("::1")));
  CHECK_FALSE(set.contains(address("::")));
  CHECK(set.contains(address("::2")));
}

TEST_CASE("An address leads to the set exactly when the IPv4 address inside it is in the set") {
  REQUIRE(rc::check([] {
    const auto byte = [] { return *rc::gen::arbitrary<std::uint8_t>(); };
    const Address from = Address::v4({byte(), byte(), byte(), byte()});
    const AddressSet set({AddressBlock(from.first_of_block(20), from.last_of_block(20))});
    const auto inner = *rc::gen::element(from, from.first_of_block(20).minus(1).value_or(from),
                                         from.last_of_block(20).plus(1).value_or(from));
    for (const auto& [first, last] : inner.embeddings()) {
      for (const Address& outer : {first, last}) {
        const auto led = outer.embedded_v4();
        RC_ASSERT(leading_to(set).contains(outer) == (led && set.contains(*led)));
      }
    }
  }));
}
