#include "tests/lab/farm/truth.hpp"

#include <map>

#include "support/catch.hpp"
#include "tests/lab/farm/generate.hpp"
#include "tests/lab/farm/host_facts.hpp"
#include "tests/lab/farm/kinds.hpp"
#include "tests/lab/farm/truth_support.hpp"

using namespace edgesurvey::farm;

TEST_CASE("A listening CLS port that is passed is an exposure, and never accepted as closed") {
  auto host = distant_edge();
  host.open = *Ports::parse("443,50001-50003");
  host.firewall = firewall(drop, "443,50000-59999");
  CHECK(expected(truth_of(host)) == "cls-exposed cls-ports-open");
  host.open = *Ports::parse("443,50002");
  CHECK(expected(truth_of(host)) == "cls-exposed some-cls-ports-open");
  host.ips = Ips{Ips::Counts::ports, 3, 5, 0};
  host.life.up_at_s = 5;
  const auto truth = truth_of(host);
  CHECK_FALSE(truth.decidable);
  CHECK_FALSE(accepts(truth, "closed"));
  CHECK(accepts(truth, "inconclusive"));
}

TEST_CASE("A listening CLS port that the perimeter drops is closed") {
  auto host = distant_edge();
  host.open = *Ports::parse("443,50001-50003");
  host.firewall = firewall(drop, "443");
  CHECK(expected(truth_of(host)) == "closed range-silent");
}

TEST_CASE("A RST from the range against silence outside is an answering range, with its share") {
  auto host = distant_edge();
  host.stealth = false;
  host.firewall = firewall(drop, "443,50000-52999,57000-57999");
  const auto truth = truth_of(host);
  CHECK(expected(truth) == "media-range-open range-answers");
  CHECK(truth.decidable);
  CHECK(truth.answering.to_string() == "50000-52999,57000-57999");
  CHECK(truth.answering.count() == 4000);
}

TEST_CASE("An opening smaller than the sample's blocks is undecidable, unless it holds a CLS port") {
  auto host = distant_edge();
  host.stealth = false;
  host.firewall = firewall(drop, "443,51000-51099");
  CHECK_FALSE(truth_of(host).decidable);
  CHECK(accepts(truth_of(host), "closed"));
  host.firewall = firewall(drop, "443,50000-50099");
  CHECK(truth_of(host).decidable);
}

TEST_CASE("A RST from everywhere is the firewall's where it comes clearly sooner than the SYN-ACK") {
  auto host = distant_edge();
  host.firewall = firewall(rst, "443", 20);
  CHECK(refusal_gap(host) == Gap::clear);
  CHECK(expected(truth_of(host)) == "closed range-rejected");
  CHECK_FALSE(accepts(truth_of(host), "media-range-open"));
  host.firewall = firewall(rst, "443", 101);
  CHECK(refusal_gap(host) == Gap::none);
  const auto truth = truth_of(host);
  CHECK_FALSE(truth.decidable);
  CHECK(expected(truth) == "inconclusive answers-everywhere");
}

TEST_CASE("Without a service port a RST from everywhere says nothing of whose it is") {
  auto host = distant_edge();
  host.open = {};
  host.firewall = firewall(rst, "443", 20);
  CHECK(expected(truth_of(host)) == "inconclusive answers-everywhere");
}

TEST_CASE("A host without a perimeter that refuses everywhere has no firewall") {
  auto host = distant_edge();
  host.stealth = false;
  CHECK(expected(truth_of(host)) == "media-range-open no-firewall");
  CHECK(accepts(truth_of(host), "inconclusive"));
}

TEST_CASE("A refusal by ICMP is range-rejected, and a RST inside it shows the range passed") {
  auto host = distant_edge();
  host.firewall = firewall(icmp, "443");
  CHECK(expected(truth_of(host)) == "closed range-rejected");
  host.stealth = false;
  host.firewall = firewall(icmp, "443,50000-59999");
  CHECK(expected(truth_of(host)) == "media-range-open range-answers");
}

TEST_CASE("Silence everywhere is no answer, and what takes everything can hide anything") {
  auto host = distant_edge();
  host.open = {};
  host.firewall = firewall(drop, "");
  CHECK(expected(truth_of(host)) == "inconclusive no-answer");
  host.open = *Ports::parse("443,50001-50003");
  host.acceptor = Acceptor{Acceptor::Kind::syn_proxy, *Ports::parse("1-65535"), {3, 0, {}}};
  CHECK(expected(truth_of(host)) == "inconclusive accepts-everything");
}

TEST_CASE("A block that comes after the evidence changes nothing, one that comes before it does") {
  auto host = distant_edge();
  host.open = *Ports::parse("443,50001-50003");
  host.firewall = firewall(drop, "443,50000-59999");
  host.ips = Ips{Ips::Counts::ports, 20, 5, 0};
  CHECK(truth_of(host).decidable);
  host.open = *Ports::parse("443");
  CHECK_FALSE(truth_of(host).decidable);
  CHECK(accepts(truth_of(host), "closed"));
  CHECK(accepts(truth_of(host), "inconclusive"));
}

TEST_CASE("A limit on RSTs leaves the verdict and takes away the share") {
  auto host = distant_edge();
  host.stealth = false;
  host.firewall = firewall(drop, "443,50000-59999");
  CHECK(truth_of(host).share_estimable);
  host.rst_limit = RateLimit{2, 5};
  CHECK(truth_of(host).decidable);
  CHECK_FALSE(truth_of(host).share_estimable);
}

TEST_CASE("Plain silence is never accepted as a rejection") {
  auto host = distant_edge();
  host.firewall = firewall(drop, "443");
  CHECK(truth_of(host).accepted.front().reasons == std::vector<std::string>{"range-silent"});
}

TEST_CASE("Every label of the generator makes a host whose first accepted verdict fits the label") {
  for (const auto& kind : host_kinds()) {
    Recipe recipe;
    recipe.hosts = 20;
    recipe.step_share = 0;
    recipe.only = {kind.label};
    const std::string label = kind.label;
    for (const auto& host : generate(recipe).hosts) {
      const auto truth = truth_of(host);
      INFO(kind.label << " " << to_string(host.address) << ": " << truth.why);
      REQUIRE_FALSE(truth.accepted.empty());
      const auto& verdict = truth.accepted.front().verdict;
      if (label.starts_with("exposed")) CHECK(verdict == "cls-exposed");
      if (label == "closed-drop" || label == "closed-icmp") CHECK(verdict == "closed");
      if (label.starts_with("range")) CHECK(verdict == "media-range-open");
      if (label == "syn-proxy" || label == "dead") CHECK(verdict == "inconclusive");
    }
  }
}

TEST_CASE("No exposed host of the wild preset is accepted as closed, and every kind has a verdict") {
  for (const auto& kind : wild_kinds()) {
    Recipe recipe;
    recipe.hosts = 20;
    recipe.wild = true;
    recipe.only = {kind.label};
    for (const auto& host : generate(recipe).hosts) {
      const auto truth = truth_of(host);
      INFO(kind.label << " " << to_string(host.address) << ": " << truth.why);
      REQUIRE_FALSE(truth.accepted.empty());
      if (truth.cls_open.empty()) continue;
      for (const auto& accepted : truth.accepted) CHECK(accepted.verdict != "closed");
    }
  }
}

TEST_CASE("A kind without weight is drawn only where it is named, alone or beside others") {
  const auto drawn = [](std::vector<std::string> only) {
    Recipe recipe;
    recipe.hosts = 500;
    recipe.only = std::move(only);
    std::map<std::string, int> count;
    for (const auto& host : generate(recipe).hosts) ++count[host.label];
    return count;
  };
  CHECK_FALSE(drawn({}).contains("exposed-late"));
  CHECK(drawn({"exposed-late"}).at("exposed-late") == 500);
  const auto both = drawn({"exposed-late", "exposed-late-answering"});
  CHECK(both.at("exposed-late") > 150);
  CHECK(both.at("exposed-late-answering") > 150);
  CHECK(drawn({"exposed-late", "dead"}).at("exposed-late") > 100);
}

TEST_CASE("Late ports are late by what the recipe says") {
  Recipe recipe;
  recipe.hosts = 200;
  recipe.only = {"exposed-late"};
  recipe.late_ms = {3000, 5000};
  for (const auto& host : generate(recipe).hosts) {
    REQUIRE(host.late);
    CHECK(host.late->ms >= 3000);
    CHECK(host.late->ms <= 5000);
    CHECK(host.late->ports.to_string() == "50001-50003");
  }
}

TEST_CASE("A generated farm is read back from its JSON the same") {
  Recipe recipe;
  recipe.hosts = 300;
  recipe.seed = 7;
  SECTION("the default mix") {}
  SECTION("the wild preset") {
    recipe.wild = true;
  }
  SECTION("hosts that hardly ever lose a packet, and then in bursts") {
    recipe.loss = {0, 1e-7};
  }
  SECTION("late ports") {
    recipe.only = {"exposed-late", "exposed-late-answering"};
  }
  const auto text = to_json(generate(recipe));
  CHECK(to_json(parse_spec(text)) == text);
  CHECK(truth_json(parse_spec(text)) == truth_json(generate(recipe)));
}

TEST_CASE("A misspelt field, a wrong value or a doubled address is an error that names its place") {
  const std::string head = R"({"client_v4":"198.18.0.1","client_v6":"2001:db8::1","hosts":[)";
  CHECK_THROWS_WITH(parse_spec(head + R"({"address":"198.18.1.1","stealh":true}]})"),
                    Catch::Matchers::Contains("hosts[0]: no such field: stealh"));
  CHECK_THROWS_WITH(parse_spec(head + R"({"address":"198.18.1.1","open":"70000"}]})"),
                    Catch::Matchers::Contains("open must be ports"));
  CHECK_THROWS_WITH(parse_spec(head + R"({"address":"198.18.1.1"},{"address":"198.18.1.1"}]})"),
                    Catch::Matchers::Contains("two hosts"));
  CHECK_THROWS_AS(parse_spec("[1"), SpecError);
}
