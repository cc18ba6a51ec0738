#include "targets/scope.hpp"

#include <rapidcheck.h>

#include <algorithm>

#include "support/catch.hpp"

using namespace edgesurvey;
using Catch::Matchers::Contains;

namespace {

ScopeList list(std::string_view text) {
  ScopeList parsed;
  parsed.parse_text(text, "scope.txt");
  REQUIRE(parsed.errors.empty());
  return parsed;
}

HostName name(std::string_view text) {
  return HostName::parse(text).value();
}
Address address(std::string_view text) {
  return Address::parse(text).value();
}

Scope allowing(std::string_view text) {
  return Scope(list(text), {}, false);
}
Scope excluding(std::string_view text) {
  return Scope(std::nullopt, list(text), false);
}

std::optional<SkipReason> literal(const Scope& scope, std::string_view text) {
  return scope.refuse_address(address(text), nullptr);
}

std::optional<SkipReason> resolved(const Scope& scope, std::string_view host, std::string_view text) {
  const HostName via = name(host);
  return scope.refuse_address(address(text), &via);
}

constexpr auto allowed = std::nullopt;

}  // namespace

TEST_CASE("A scope file has the grammar of a target file, and wildcards") {
  ScopeList parsed;
  parsed.parse_text(
      "# ours\n192.0.2.0/24 org=Contoso\nsip.contoso.example\n*.Fabrikam.example\n::/0\n224.0.0.0/4\n",
      "scope.txt");
  CHECK(parsed.errors.empty());
  CHECK(parsed.blocks.size() == 3);
  REQUIRE(parsed.names.size() == 1);
  CHECK(parsed.names[0].ascii() == "sip.contoso.example");
  REQUIRE(parsed.domains.size() == 1);
  CHECK(parsed.domains[0].ascii() == "fabrikam.example");
}

TEST_CASE("Every bad entry of a scope is an error with its place") {
  ScopeList parsed;
  parsed.parse_text("192.0.2.0/33\n  *\n*.1.2.3\na.*.example\n*.\nok.example org\n\x07\n", "scope.txt");
  CHECK(parsed.errors.size() == 7);
  CHECK(parsed.errors[1].origin.line == 2);
  CHECK(parsed.errors[1].origin.column == 3);
  CHECK(parsed.names.empty());

  ScopeList entry;
  entry.parse_entry("a\x1b", {"--exclude", 1, 1});
  REQUIRE(entry.errors.size() == 1);
  CHECK(entry.errors[0].to_string() == "--exclude:1:2: a control character (\\x1b)");
}

TEST_CASE("Without a scope every name and every unicast address may be probed") {
  const Scope scope;
  CHECK(scope.refuse_name(name("sip.contoso.example")) == allowed);
  CHECK(literal(scope, "198.51.100.7") == allowed);
  CHECK(resolved(scope, "sip.contoso.example", "2001:db8::7") == allowed);
}

TEST_CASE("Addresses that no host can have are refused always") {
  const Scope scope(list("0.0.0.0/0\n::/0\n"), {}, true);
  for (const char* text :
       {"224.0.0.1", "255.255.255.255", "0.0.0.0", "0.1.2.3", "::", "ff02::1", "2002:e000:1::1"}) {
    INFO(text);
    CHECK(literal(scope, text) == SkipReason::no_address);
    CHECK(resolved(scope, "a.example", text) == SkipReason::no_address);
  }
}

TEST_CASE("An address that is refused is described as what it is") {
  const auto why = [](const char* text) {
    const Address address = Address::parse(text).value();
    const HostName via = name("a.example");
    return why_refused(address, Scope().refuse_address(address, &via).value());
  };
  CHECK(why("224.0.0.1") == "it is multicast (224.0.0.0/4), not a host");
  CHECK(why("ff02::1") == "it is multicast (ff00::/8), not a host");
  CHECK(why("255.255.255.255") == "it is broadcast (255.255.255.255), not a host");
  CHECK(why("0.0.0.0") == "it is \"this network\" (0.0.0.0/8), not a host");
  CHECK(why("::") == "it is the unspecified address (::), not a host");
  CHECK(why("2002:e000:1::1") == "it leads to a multicast IPv4 address inside it");
  CHECK(why("10.0.0.1") == "internal-address (not on the public Internet)");
  CHECK(why("240.0.0.1") == "internal-address (not on the public Internet)");
  CHECK(why("127.0.0.1") == "internal-address (loopback)");
  CHECK(why("fe80::1") == "internal-address (link-local)");
  CHECK(why_refused(Address::parse("198.51.100.7").value(), SkipReason::excluded) == "excluded");
}

TEST_CASE("A name may not lead inside unless that is allowed, but a literal address may be internal") {
  const Scope careful;
  const Scope inside(std::nullopt, {}, true);
  for (const char* text : {"10.0.0.1", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "::1",
                           "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::1"}) {
    INFO(text);
    CHECK(resolved(careful, "a.example", text) == SkipReason::internal_address);
    CHECK(resolved(inside, "a.example", text) == allowed);
    CHECK(literal(careful, text) == allowed);
  }
}

TEST_CASE("Microsoft's hosted names are refused as targets and as aliases, whatever the scope") {
  const Scope scope(list("*.lync.com\n0.0.0.0/0\n"), {}, true);
  CHECK(scope.refuse_name(name("sipdir.online.lync.com")) == SkipReason::hosted_service);
  CHECK(scope.refuse_name(name("online.lync.com")) == SkipReason::hosted_service);
  CHECK(scope.refuse_alias(name("sipdir.ONLINE.lync.com")) == SkipReason::hosted_service);
  CHECK(scope.refuse_name(name("xonline.lync.com")) == allowed);
}

TEST_CASE("An excluded name is refused as a target and as an alias") {
  const Scope scope = excluding("sip.contoso.example\n*.fabrikam.example\n");
  CHECK(scope.refuse_name(name("SIP.contoso.example.")) == SkipReason::excluded);
  CHECK(scope.refuse_name(name("av.contoso.example")) == allowed);
  CHECK(scope.refuse_alias(name("a.b.fabrikam.example")) == SkipReason::excluded);
  CHECK(scope.refuse_alias(name("fabrikam.example")) == allowed);
  CHECK(scope.refuse_alias(name("xfabrikam.example")) == allowed);
}

TEST_CASE("An excluded address is refused however it is reached") {
  const Scope scope = excluding("198.51.100.0/24\n");
  CHECK(literal(scope, "198.51.100.7") == SkipReason::excluded);
  CHECK(resolved(scope, "a.example", "198.51.100.7") == SkipReason::excluded);
  CHECK(literal(scope, "::ffff:198.51.100.7") == SkipReason::excluded);
  CHECK(literal(scope, "64:ff9b::198.51.100.7") == SkipReason::excluded);
  CHECK(literal(scope, "198.51.101.7") == allowed);
  CHECK(scope.excluded_blocks().size() == 256);
}

TEST_CASE("A scope of names alone allows nothing, not even what its names resolve to") {
  const Scope scope = allowing("sip.contoso.example\n*.fabrikam.example\n");
  CHECK(scope.refuse_name(name("sip.contoso.example")) == SkipReason::out_of_scope);
  CHECK(scope.refuse_name(name("av.fabrikam.example")) == SkipReason::out_of_scope);
  CHECK(resolved(scope, "sip.contoso.example", "198.51.100.7") == SkipReason::out_of_scope);
  CHECK(literal(scope, "198.51.100.7") == SkipReason::out_of_scope);
}

TEST_CASE("What is wrong with a scope of names alone is said at its first name") {
  const auto error = list("# ours\n\n  *.fabrikam.example\nsip.contoso.example\n").names_alone();
  REQUIRE(error);
  CHECK_THAT(error->to_string(),
             Contains("scope.txt:3:3: a scope of names alone cannot hold a DNS record that changes") &&
                 Contains("the blocks") && Contains("0.0.0.0/0 and ::/0"));
  CHECK(list("sip.contoso.example\n*.fabrikam.example\n").names_alone()->origin.line == 1);
  CHECK_FALSE(list("sip.contoso.example\n198.51.100.0/24\n").names_alone());
  CHECK_FALSE(list("198.51.100.0/24\n").names_alone());
  CHECK_FALSE(list("# nothing yet\n").names_alone());
}

TEST_CASE("A scope of names with every block lets them lead where DNS says, but for what is always refused") {
  const Scope scope = allowing("sip.contoso.example\n0.0.0.0/0\n::/0\n");
  CHECK(resolved(scope, "sip.contoso.example", "198.51.100.7") == allowed);
  CHECK(resolved(scope, "sip.contoso.example", "2001:db8::7") == allowed);
  CHECK(resolved(scope, "sip.contoso.example", "10.0.0.1") == SkipReason::internal_address);
  const Scope v4_alone = allowing("sip.contoso.example\n0.0.0.0/0\n");
  CHECK(resolved(v4_alone, "sip.contoso.example", "2001:db8::7") == SkipReason::out_of_scope);
}

TEST_CASE("A scope with blocks admits addresses inside them only, so a changed record leads nowhere") {
  const Scope scope = allowing("198.51.100.0/24\nsip.contoso.example\n");
  CHECK(scope.refuse_name(name("other.example")) == allowed);  // its address decides
  CHECK(resolved(scope, "other.example", "198.51.100.7") == allowed);
  CHECK(resolved(scope, "sip.contoso.example", "203.0.113.7") == SkipReason::out_of_scope);
  CHECK(literal(scope, "203.0.113.7") == SkipReason::out_of_scope);
  CHECK(literal(scope, "198.51.100.7") == allowed);
  CHECK(literal(scope, "64:ff9b::198.51.100.7") == SkipReason::out_of_scope);
}

TEST_CASE("An empty scope allows nothing") {
  const Scope scope = allowing("# nothing yet\n");
  CHECK(scope.refuse_name(name("a.example")) == SkipReason::out_of_scope);
  CHECK(literal(scope, "198.51.100.7") == SkipReason::out_of_scope);
}

TEST_CASE("An exclusion wins over a scope") {
  const Scope scope(list("198.51.100.0/24\n"), list("198.51.100.7\n"), false);
  CHECK(literal(scope, "198.51.100.7") == SkipReason::excluded);
  CHECK(literal(scope, "198.51.100.8") == allowed);
}

namespace {

// Blocks where the rules meet: a few IPv4 neighbours, and what leads to them.
rc::Gen<AddressBlock> crowded_block() {
  return rc::gen::map(
      rc::gen::pair(
          rc::gen::element<std::string>("192.0.2.0", "0.0.0.0", "223.255.255.248", "255.255.255.248",
                                        "::", "64:ff9b::192.0.2.0", "2002:c000:200::", "::192.0.2.0",
                                        "2002:dfff:ffff::", "64:ff9b::e000:0", "ff00::", "2001:db8::"),
          rc::gen::pair(rc::gen::inRange<std::uint64_t>(0, 8), rc::gen::inRange<std::uint64_t>(0, 8))),
      [](const std::pair<std::string, std::pair<std::uint64_t, std::uint64_t>>& drawn) {
        const auto [one, other] = std::minmax(drawn.second.first, drawn.second.second);
        const Address base = address(drawn.first);
        return AddressBlock(base.plus(one).value(), base.plus(other).value());
      });
}

}  // namespace

TEST_CASE("The addresses a scope admits are those it does not refuse one by one") {
  REQUIRE(rc::check([] {
    ScopeList exclude;
    exclude.blocks = *rc::gen::container<std::vector<AddressBlock>>(crowded_block());
    ScopeList allow;
    allow.blocks = *rc::gen::container<std::vector<AddressBlock>>(crowded_block());
    const bool limited = *rc::gen::arbitrary<bool>();
    const Scope scope(limited ? std::optional(allow) : std::nullopt, exclude, false);
    const AddressSet literal(*rc::gen::container<std::vector<AddressBlock>>(crowded_block()));
    const AddressSet admitted = scope.admitted(literal);
    std::uint64_t count = 0;
    for (std::uint64_t i = 0; i < literal.size(); ++i) {
      const bool refused = scope.refuse_address(literal.at(i), nullptr).has_value();
      RC_ASSERT(admitted.contains(literal.at(i)) != refused);
      if (!refused) ++count;
    }
    RC_ASSERT(admitted.size() == count);
  }));
}

TEST_CASE("What a scope refuses in the midst of a huge block is left out of it") {
  const AddressSet most({AddressBlock::parse("2000::/3").value()});
  const AddressSet admitted = excluding("192.0.2.0/24").admitted(most);
  CHECK(admitted.contains(address("2002:c000:100::1")));
  CHECK_FALSE(admitted.contains(address("2002:c000:200::1")));  // 6to4 of 192.0.2.0
  CHECK_FALSE(admitted.contains(address("2002:e000:1::1")));    // 6to4 of a multicast address
}
