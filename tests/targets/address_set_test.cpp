#include "targets/address_set.hpp"

#include <rapidcheck.h>

#include <set>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

AddressSet set_of(std::initializer_list<const char*> texts) {
  std::vector<AddressBlock> blocks;
  for (const char* text : texts) blocks.push_back(AddressBlock::parse(text).value());
  return AddressSet(blocks);
}

Address address(std::string_view text) {
  return Address::parse(text).value();
}

// Small blocks at both ends of both families, where carries and "one past the last" go wrong.
rc::Gen<AddressBlock> small_block() {
  return rc::gen::map(rc::gen::tuple(rc::gen::element<std::string>("0.0.0.0", "10.0.0.240", "255.255.255.192",
                                                                   "::", "2001:db8::ffe0",
                                                                   "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffc0"),
                                     rc::gen::inRange(0, 48), rc::gen::inRange(0, 16)),
                      [](const std::tuple<std::string, int, int>& t) {
                        const auto from = static_cast<std::uint64_t>(std::get<1>(t));
                        const auto to = from + static_cast<std::uint64_t>(std::get<2>(t));
                        const Address base = address(std::get<0>(t));
                        return AddressBlock(base.plus(from).value(), base.plus(to).value());
                      });
}

rc::Gen<std::vector<AddressBlock>> small_blocks() {
  return rc::gen::container<std::vector<AddressBlock>>(small_block());
}

using Model = std::set<Address>;

Model model_of(const std::vector<AddressBlock>& blocks) {
  Model model;
  for (const AddressBlock& block : blocks) {
    for (std::uint64_t i = 0; i < block.size(); ++i) model.insert(block.at(i));
  }
  return model;
}

Model members_of(const AddressSet& set) {
  Model members;
  for (std::uint64_t i = 0; i < set.size(); ++i) members.insert(set.at(i));
  return members;
}

}  // namespace

TEST_CASE("An empty set has no members") {
  const AddressSet set;
  CHECK(set.empty());
  CHECK(set.size() == 0);
  CHECK_FALSE(set.contains(address("0.0.0.0")));
  CHECK_FALSE(set.index_of(address("::")));
}

TEST_CASE("Overlapping, nested and adjacent blocks become one block") {
  const AddressSet set = set_of({"192.0.2.128/25", "192.0.2.0/25", "192.0.2.7", "192.0.2.100-200"});
  REQUIRE(set.blocks().size() == 1);
  CHECK(set.blocks().front().to_string() == "192.0.2.0/24");
  CHECK(set.size() == 256);
}

TEST_CASE("The last IPv4 address and the first IPv6 address are not neighbours") {
  CHECK(set_of({"255.255.255.255", "::"}).blocks().size() == 2);
}

TEST_CASE("Sets of everything have the right size, members and ends") {
  const AddressSet v4 = set_of({"0.0.0.0/0"});
  CHECK(v4.size() == std::uint64_t{1} << 32);
  CHECK(v4.at(v4.size() - 1) == address("255.255.255.255"));
  CHECK_FALSE(v4.contains(address("::")));

  const AddressSet all = set_of({"::/0", "0.0.0.0/0"});
  CHECK(all.size() == ~std::uint64_t{0});
  CHECK(all.at(0) == address("0.0.0.0"));
  CHECK(all.at(std::uint64_t{1} << 32) == address("::"));
  CHECK(all.contains(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
  CHECK(all.at(all.size() - 1) < address("0:0:0:1::"));
}

TEST_CASE("Members past the countable are still members") {
  const AddressSet set = set_of({"2001:db8::/64", "2001:db8:1::/64", "2001:db8:2::7"});
  CHECK(set.size() == ~std::uint64_t{0});
  CHECK(set.contains(address("2001:db8:1::1")));
  CHECK(set.contains(address("2001:db8:2::7")));
  CHECK_FALSE(set.contains(address("2001:db8:2::8")));
}

TEST_CASE("Everything minus everything is nothing, and minus one address is all the others") {
  const AddressSet all = set_of({"0.0.0.0/0", "::/0"});
  CHECK(all.minus(all).empty());
  CHECK(all.minus({}).blocks() == all.blocks());
  const AddressSet holed = set_of({"0.0.0.0/0"}).minus(set_of({"0.0.0.0", "10.0.0.1", "255.255.255.255"}));
  CHECK(holed.size() == (std::uint64_t{1} << 32) - 3);
  CHECK_FALSE(holed.contains(address("10.0.0.1")));
  CHECK(holed.contains(address("10.0.0.2")));
}

TEST_CASE("A set has exactly the members of its blocks, each once, in order") {
  REQUIRE(rc::check([] {
    const auto blocks = *small_blocks();
    const AddressSet set(blocks);
    const Model model = model_of(blocks);
    RC_ASSERT(set.size() == model.size());
    std::uint64_t index = 0;
    for (const Address& member : model) {
      RC_ASSERT(set.at(index) == member);
      RC_ASSERT(set.index_of(member) == index);
      ++index;
    }
  }));
}

TEST_CASE("A set's blocks are sorted, disjoint and never adjacent") {
  REQUIRE(rc::check([] {
    const AddressSet set(*small_blocks());
    for (std::size_t i = 1; i < set.blocks().size(); ++i) {
      const Address& before = set.blocks()[i - 1].last();
      RC_ASSERT(before < set.blocks()[i].first());
      RC_ASSERT(before.plus(1) != set.blocks()[i].first());
    }
  }));
}

TEST_CASE("An address is in the set exactly when a block has it") {
  REQUIRE(rc::check([] {
    const auto blocks = *small_blocks();
    const Address probe = (*small_block()).first();
    RC_ASSERT(AddressSet(blocks).contains(probe) == model_of(blocks).contains(probe));
  }));
}

TEST_CASE("A difference has the members of the one that are not in the other") {
  REQUIRE(rc::check([] {
    const auto blocks = *small_blocks();
    const auto holes = *small_blocks();
    Model expected = model_of(blocks);
    for (const Address& hole : model_of(holes)) expected.erase(hole);
    RC_ASSERT(members_of(AddressSet(blocks).minus(AddressSet(holes))) == expected);
    RC_ASSERT(AddressSet(blocks).overlaps(AddressSet(holes)) == (expected.size() < model_of(blocks).size()));
  }));
}
