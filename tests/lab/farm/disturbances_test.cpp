// What the truth says of hosts that products and networks disturb.
#include <map>
#include <set>

#include "support/catch.hpp"
#include "tests/lab/farm/generate.hpp"
#include "tests/lab/farm/kinds.hpp"
#include "tests/lab/farm/truth_support.hpp"

using namespace edgesurvey::farm;

namespace {

constexpr const char* whole = "443,50000-59999";

Host exposed() {
  auto host = distant_edge();
  host.open = *Ports::parse("443,50001-50003");
  host.firewall = firewall(drop, whole);
  return host;
}

Host answering(Firewall::Refusal outside = drop, const std::string& passes = whole) {
  auto host = distant_edge();
  host.stealth = false;
  host.firewall = firewall(outside, passes);
  return host;
}

Override override_of(Override::Answer answer, const char* ports) {
  return {.answer = answer, .ports = *Ports::parse(ports)};
}

LatencyStep front(double add_ms) {
  return {.add_ms = add_ms, .ports = Ports::parse("443")};
}

}  // namespace

TEST_CASE("CLS ports that are always refused are no exposure, those that are at times are") {
  auto host = exposed();
  auto one = override_of(Override::Answer::rst, "50001-50003");
  host.overrides = {one};
  CHECK(expected(truth_of(host)) == "closed range-silent");
  one.share = 0.5;
  host.overrides = {one};
  const auto truth = truth_of(host);
  CHECK(expected(truth) == "cls-exposed cls-ports-open");
  CHECK_FALSE(accepts(truth, "inconclusive"));
}

TEST_CASE("CLS ports that are cut off leave an exposure, and may leave it open where that comes early") {
  auto host = exposed();
  auto one = override_of(Override::Answer::drop, "50001-50003");
  one.from_syns = 5;
  host.overrides = {one};
  CHECK(expected(truth_of(host)) == "cls-exposed cls-ports-open");
  CHECK(accepts(truth_of(host), "inconclusive"));
  CHECK_FALSE(accepts(truth_of(host), "closed"));
  host.overrides.front().from_syns = 20;
  CHECK_FALSE(accepts(truth_of(host), "inconclusive"));
}

TEST_CASE("What refuses for a moment at first changes nothing, what flaps may leave it open") {
  auto host = answering();
  auto one = override_of(Override::Answer::icmp, "1-65535");
  one.until_s = 2;
  host.overrides = {one};
  CHECK_FALSE(accepts(truth_of(host), "inconclusive"));
  CHECK_FALSE(truth_of(host).share_estimable);
  host.overrides.front().from_s = 1;
  CHECK(accepts(truth_of(host), "inconclusive"));
  CHECK_FALSE(accepts(truth_of(host), "closed"));
}

TEST_CASE(
    "Where a front farther away answers for the service, the host's RSTs may be taken for a firewall's") {
  auto host = distant_edge();
  host.stealth = false;
  host.steps = {front(40)};
  CHECK(expected(truth_of(host)) == "media-range-open no-firewall");
  CHECK(accepts(truth_of(host), "closed"));
  host.steps = {front(-40)};
  CHECK_FALSE(accepts(truth_of(host), "closed"));
  host = answering();
  CHECK_FALSE(accepts(truth_of(host), "inconclusive"));
  host.steps = {front(40)};
  CHECK(expected(truth_of(host)) == "media-range-open range-answers");
  CHECK(accepts(truth_of(host), "inconclusive"));
  CHECK_FALSE(accepts(truth_of(host), "closed"));
}

TEST_CASE("A front as near as a rejecting firewall hides whose RSTs they are") {
  auto host = distant_edge();
  host.firewall = firewall(rst, "443", 60);
  CHECK(truth_of(host).decidable);
  host.steps = {front(-45)};
  const auto truth = truth_of(host);
  CHECK_FALSE(truth.decidable);
  CHECK(accepts(truth, "inconclusive"));
  CHECK(accepts(truth, "closed"));
}

TEST_CASE("A range that alone is refused in front is closed, or left open") {
  auto host = distant_edge();
  host.firewall = firewall(drop, "443");
  auto one = override_of(Override::Answer::rst, "50000-59999");
  one.rtt = Rtt{20, 0.5, Rtt::Shape::gamma};
  host.overrides = {one};
  const auto truth = truth_of(host);
  CHECK(expected(truth) == "closed range-rejected");
  CHECK(accepts(truth, "inconclusive"));
  CHECK_FALSE(accepts(truth, "media-range-open"));
}

TEST_CASE("An acceptor over part of the range hides an agent among its ports, not one beside them") {
  auto host = exposed();
  host.acceptor = Acceptor{Acceptor::Kind::tarpit, *Ports::parse("50000-50099"), {30, 0, {}}};
  CHECK(expected(truth_of(host)) == "inconclusive accepts-range-part");
  host.acceptor->ports = *Ports::parse("51000-52999");
  CHECK(expected(truth_of(host)) == "cls-exposed cls-ports-open");
}

TEST_CASE("What accepts by chance is an acceptor, and a CLS port that accepts for a time a relay's") {
  auto host = distant_edge();
  host.firewall = firewall(drop, whole);
  auto one = override_of(Override::Answer::accept, "1-65535");
  one.share = 0.3;
  host.overrides = {one};
  CHECK(expected(truth_of(host)) == "inconclusive accepts-range-part");
  one = override_of(Override::Answer::accept, "50002");
  one.until_syns = 12;
  host.overrides = {one};
  CHECK(expected(truth_of(host)) == "media-range-open relay-port-open");
  CHECK_FALSE(accepts(truth_of(host), "cls-exposed"));
}

TEST_CASE("A limit on SYNs lets a scanner say that it could not know, and never that an agent is not there") {
  auto host = exposed();
  CHECK_FALSE(accepts(truth_of(host), "inconclusive"));
  SECTION("the host's") {
    host.syn_limit = RateLimit{5, 5};
  }
  SECTION("the firewall's") {
    host.firewall->syn_limit = RateLimit{5, 5};
  }
  CHECK(accepts(truth_of(host), "inconclusive"));
  CHECK_FALSE(accepts(truth_of(host), "closed"));
}

TEST_CASE("In a group others can bring about a block before the first answer") {
  auto host = exposed();
  host.ips = Ips{.threshold = 50};
  CHECK_FALSE(accepts(truth_of(host), "inconclusive"));
  host.group = "one";
  CHECK(accepts(truth_of(host), "inconclusive"));
  CHECK_FALSE(accepts(truth_of(host), "closed"));
}

TEST_CASE("An opening that holds more of the ports outside the range than of the range may be left open") {
  CHECK_FALSE(accepts(truth_of(answering(drop, "443,49152-65535")), "inconclusive"));
  CHECK(accepts(truth_of(answering(drop, "443,49500-50299")), "inconclusive"));
  CHECK(expected(truth_of(answering(drop, "443,20000-29999"))) == "closed range-silent");
}

TEST_CASE("What a wild kind's name ends in is a verdict that its hosts accept") {
  const std::map<std::string, std::string> verdicts{
      {"-exposed", "cls-exposed"}, {"-answering", "media-range-open"}, {"-closed", "closed"}};
  for (const auto& kind : wild_kinds()) {
    Recipe recipe;
    recipe.hosts = 32;
    recipe.wild = true;
    recipe.only = {kind.label};
    for (const auto& [ending, verdict] : verdicts) {
      if (!std::string(kind.label).ends_with(ending)) continue;
      for (const auto& host : generate(recipe).hosts) {
        const auto truth = truth_of(host);
        INFO(kind.label << " " << to_string(host.address) << ": " << truth.why);
        CHECK(accepts(truth, verdict));
        if (verdict == "cls-exposed") CHECK(truth.accepted.front().verdict == verdict);
        CHECK(accepts(truth, "cls-exposed") == !truth.cls_open.empty());
      }
    }
  }
}

TEST_CASE("Hosts of a kind of whole blocks fill them, share a group, and leave no room for other kinds") {
  Recipe recipe;
  recipe.hosts = 3200;
  recipe.wild = true;
  std::map<std::uint32_t, std::set<std::string>> groups;
  std::map<std::uint32_t, int> grouped;
  const auto hosts = generate(recipe).hosts;
  for (std::uint32_t i = 0; i < hosts.size(); ++i) {
    groups[i / hosts_of_block].insert(hosts[i].group);
    grouped[i / hosts_of_block] += hosts[i].group.empty() ? 0 : 1;
  }
  int full = 0;
  for (const auto& [block, count] : grouped) {
    CHECK((count == 0 || count == 16));
    CHECK(groups[block].size() == 1);
    full += count == 16 ? 1 : 0;
  }
  CHECK(full > 2);
  CHECK(full < 40);
}
