#include "cli/survey/literal_hosts.hpp"

#include "support/catch.hpp"
#include "support/targets_of.hpp"

using namespace edgesurvey;

namespace {

AddressBlock block_of(const TargetStore& targets, std::size_t index) {
  return std::get<AddressBlock>(targets.what(index));
}

Scope all_but(const std::string& text) {
  ScopeList exclude;
  exclude.parse_text(text, "test");
  return Scope(std::nullopt, exclude, false);
}

std::vector<std::string> all_of(LiteralHosts& hosts) {
  std::vector<std::string> texts;
  while (const auto address = hosts.next()) texts.push_back(address->to_string());
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("an address written down twice comes out once") {
  const TargetStore list = targets_of("127.0.0.2\n127.0.0.0/30\n127.0.0.2-3\nname.example\n::1\n");
  const Scope everything;
  LiteralHosts hosts(list, everything, Families::both);
  CHECK(hosts.size() == 5);
  CHECK(all_of(hosts) == Texts{"127.0.0.0", "127.0.0.1", "127.0.0.2", "127.0.0.3", "::1"});
  CHECK_FALSE(hosts.next());
}

TEST_CASE("an excluded address does not come out and is not counted") {
  const TargetStore list = targets_of("127.0.0.0/30\n");
  const Scope scope = all_but("127.0.0.0/31\n");
  LiteralHosts hosts(list, scope, Families::both);
  CHECK(hosts.size() == 2);
  CHECK(hosts.contains(Address::parse("127.0.0.2").value()));
  CHECK_FALSE(hosts.contains(Address::parse("127.0.0.1").value()));
  CHECK(all_of(hosts) == Texts{"127.0.0.2", "127.0.0.3"});
}

TEST_CASE("only addresses of the wanted family come out") {
  const TargetStore list = targets_of("127.0.0.1\n::1\n");
  const Scope everything;
  LiteralHosts v4(list, everything, Families::ipv4_only);
  CHECK(all_of(v4) == Texts{"127.0.0.1"});
  LiteralHosts v6(list, everything, Families::ipv6_only);
  CHECK(all_of(v6) == Texts{"::1"});
  CHECK(v6.refuse(Address::parse("127.0.0.1").value()) == SkipReason::no_address);
}

TEST_CASE("a huge block gives its first address without being unrolled") {
  const TargetStore list = targets_of("2001:db8::/65\n");
  const Scope everything;
  LiteralHosts hosts(list, everything, Families::both);
  CHECK(hosts.size() == std::uint64_t{1} << 63U);
  CHECK(hosts.next()->to_string() == "2001:db8::");
  CHECK(hosts.next()->to_string() == "2001:db8::1");
}

TEST_CASE("what is refused of a huge block is counted without walking through it") {
  const TargetStore list = targets_of("2000::/3\n1.0.0.0-223.255.255.255\n2001:db8::/64\n");
  const Scope scope = all_but("10.0.0.0/8\n2001:db8::1\n");
  const LiteralHosts hosts(list, scope, Families::both);
  CHECK(hosts.size() == 18446744073709551615U);
  CHECK(hosts.outcome_of(1, block_of(list, 1)).detail ==
        "16777216 of 3741319168 addresses not probed: excluded");
  CHECK(hosts.outcome_of(2, block_of(list, 2)).detail == "1 of 2^64 or more addresses not probed: excluded");
  const LiteralHosts v4(list, scope, Families::ipv4_only);
  CHECK(v4.size() == 3741319168U - 16777216U);
  CHECK(v4.outcome_of(0, block_of(list, 0)).skipped == SkipReason::no_address);
}

TEST_CASE("a block is skipped when none of its members may be probed, however large it is") {
  const TargetStore list = targets_of("127.0.0.0/15\n127.128.0.0/30\n");
  const Scope scope = all_but("127.0.0.0/15\n127.128.0.0\n");
  const LiteralHosts hosts(list, scope, Families::both);
  const auto first = hosts.outcome_of(0, block_of(list, 0));
  CHECK(first.skipped == SkipReason::excluded);
  const auto second = hosts.outcome_of(1, block_of(list, 1));
  CHECK(second.index == 1);
  CHECK_FALSE(second.skipped);
  CHECK(second.detail == "1 of 4 addresses not probed: excluded");
}
