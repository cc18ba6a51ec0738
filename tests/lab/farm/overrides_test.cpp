// What an override, a step, a limit, a group or a duplicate does to a SYN.
#include "support/catch.hpp"
#include "tests/lab/farm/test_scanner.hpp"

using namespace edgesurvey::farm;
using namespace std::chrono_literals;

namespace {

constexpr auto syn_ack = tcp::syn | tcp::ack;
constexpr auto reset = tcp::rst | tcp::ack;

Override override_of(Override::Answer answer, const char* ports) {
  return {.answer = answer, .ports = *Ports::parse(ports)};
}

Firewall dropping(const char* passes) {
  Firewall firewall;
  firewall.address = *parse_ip("198.19.0.1");
  firewall.rtt = {20, 0, Rtt::Shape::gamma};
  firewall.passes = *Ports::parse(passes);
  return firewall;
}

// Two hosts of one group, the second being 198.18.1.8.
std::vector<Host> group_of(Host host) {
  host.group = "one";
  auto other = host;
  other.address = *parse_ip("198.18.1.8");
  return {host, other};
}

}  // namespace

TEST_CASE("An override answers its ports, and no others, for its time") {
  auto host = edge();
  host.open = *Ports::parse("443,50001");
  auto one = override_of(Override::Answer::rst, "50001");
  one.from_s = 2;
  one.until_s = 4;
  host.overrides = {one};
  Scanner scanner(host);
  CHECK(scanner.probe(50001, 0s)->flags == syn_ack);
  CHECK(scanner.probe(50001, 2s)->flags == reset);
  CHECK(scanner.at == 2100ms);
  CHECK(scanner.probe(443, 3s)->flags == syn_ack);
  CHECK(scanner.probe(50001, 4s)->flags == syn_ack);
}

TEST_CASE("An override begins and ends with a SYN, and the first in force decides") {
  auto host = edge();
  auto accepted = override_of(Override::Answer::accept, "50002");
  accepted.from_syns = 1;
  accepted.until_syns = 3;
  host.overrides = {accepted, override_of(Override::Answer::rst, "50002")};
  Scanner scanner(host);
  CHECK(scanner.probe(50002, 0s)->flags == reset);
  CHECK(scanner.probe(50002, 1s)->flags == syn_ack);
  CHECK(scanner.probe(50002, 2s)->flags == syn_ack);
  CHECK(scanner.probe(50002, 3s)->flags == reset);
}

TEST_CASE("An override of a share meets that share of the SYNs") {
  auto host = edge();
  auto one = override_of(Override::Answer::drop, "443");
  one.share = 0.3;
  host.overrides = {one};
  Scanner scanner(host);
  int silent = 0;
  for (int i = 0; i < 1000; ++i) silent += scanner.probe(443, i * 1s) ? 0 : 1;
  CHECK(silent > 240);
  CHECK(silent < 360);
}

TEST_CASE("An override's ICMP error has its own sender and distance, without any firewall") {
  auto host = edge();
  auto one = override_of(Override::Answer::icmp, "50001");
  one.icmp = {11, 0};
  one.address = *parse_ip("198.19.0.9");
  one.rtt = Rtt{30, 0, Rtt::Shape::gamma};
  host.overrides = {one};
  Scanner scanner(host);
  CHECK_FALSE(scanner.probe(50001, 0s));  // no TCP
  CHECK(scanner.at == 30ms);
  const auto error = parse_datagram(scanner.last);
  CHECK(error->from == one.address);
  CHECK(error->payload[0] == 11);
}

TEST_CASE("A wrong acknowledgement acknowledges what was never sent") {
  auto host = edge();
  host.overrides = {override_of(Override::Answer::wrong_ack, "443")};
  const auto answer = Scanner(host).probe(443, 0s);
  REQUIRE(answer);
  CHECK(answer->flags == syn_ack);
  CHECK(answer->ack != 2);
}

TEST_CASE("A resetter's SYN-ACK is followed by a RST of the same connection") {
  auto host = edge();
  host.acceptor = Acceptor{Acceptor::Kind::resetter, *Ports::parse("1-65535"), {5, 0, {}}};
  Scanner scanner(host);
  const auto accepted = scanner.probe(50777, 0s);
  REQUIRE(accepted);
  CHECK(accepted->flags == syn_ack);
  const auto after = scanner.next();
  REQUIRE(after);
  CHECK(after->flags == reset);
  CHECK(after->seq == accepted->seq + 1);
  CHECK(after->ack == 2);
  scanner.send(50777, tcp::ack, 1s, 2, accepted->seq + 1);
  CHECK(scanner.farm.counters().established == 0);
}

TEST_CASE("A duplicated answer comes once more, later") {
  auto host = edge();
  host.duplicates = Duplicates{1, 30};
  Scanner scanner(host);
  const auto first = scanner.probe(443, 0s);
  CHECK(scanner.at == 100ms);
  const auto again = scanner.next();
  REQUIRE(again);
  CHECK(scanner.at == 130ms);
  CHECK(again->seq == first->seq);
  CHECK_FALSE(scanner.next());
}

TEST_CASE("A step of some ports leaves the others, and one of a share some of the answers") {
  auto host = edge();
  host.open = *Ports::parse("443,50001");
  host.steps = {{.add_ms = -40, .ports = Ports::parse("443")}};
  Scanner scanner(host);
  scanner.probe(443, 0s);
  CHECK(scanner.at == 60ms);
  scanner.probe(50001, 1s);
  CHECK(scanner.at == 1100ms);

  host.steps = {{.add_ms = 300, .share = 0.2}};
  Scanner overtaken(host);
  int late = 0;
  for (int i = 0; i < 1000; ++i) {
    overtaken.probe(443, i * 1s);
    late += overtaken.at > i * 1s + 200ms ? 1 : 0;
  }
  CHECK(late > 150);
  CHECK(late < 250);
}

TEST_CASE("A host's limit on SYNs counts those that reach it, a firewall's counts all") {
  auto host = edge();
  host.firewall = dropping("443");
  SECTION("the host's") {
    host.syn_limit = RateLimit{1, 2};
    Scanner scanner(host);
    for (std::uint16_t port = 1000; port < 1010; ++port) scanner.probe(port, 0s);
    CHECK(scanner.probe(443, 0s));
    CHECK(scanner.probe(443, 0s));
    CHECK_FALSE(scanner.probe(443, 0s));
    CHECK(scanner.probe(443, 2s));
    CHECK(scanner.farm.hosts().front().counters().syns_limited == 1);
  }
  SECTION("the firewall's") {
    host.firewall->syn_limit = RateLimit{1, 2};
    Scanner scanner(host);
    for (std::uint16_t port = 1000; port < 1010; ++port) scanner.probe(port, 0s);
    CHECK_FALSE(scanner.probe(443, 0s));
    CHECK(scanner.probe(443, 2s));
    CHECK(scanner.farm.hosts().front().counters().syns_limited == 9);
  }
}

TEST_CASE(
    "Intrusion prevention that resets answers what it blocks from the firewall, and spares what it spares") {
  auto host = edge();
  host.firewall = dropping("443,50001");
  host.ips = Ips{.threshold = 2, .spares = *Ports::parse("443"), .resets = true};
  Scanner scanner(host);
  scanner.probe(50001, 0s);
  scanner.probe(50002, 0s);
  CHECK(scanner.probe(50001, 1s)->flags == reset);
  CHECK(scanner.at == 1020ms);
  CHECK(scanner.probe(443, 2s)->flags == syn_ack);
}

TEST_CASE(
    "One host of a group that trips the intrusion prevention blocks the others, and they count together") {
  auto host = edge();
  host.ips = Ips{.threshold = 4};
  auto hosts = group_of(host);
  Scanner scanner(hosts);
  scanner.probe(1001, 0s);
  scanner.probe(1002, 0s);
  scanner.target = hosts.back().address;
  scanner.probe(1001, 0s);
  CHECK(scanner.probe(443, 0s));
  CHECK_FALSE(scanner.probe(443, 1s));
  scanner.target = hosts.front().address;
  CHECK_FALSE(scanner.probe(443, 1s));

  for (auto& alone : hosts) alone.group.clear();
  Scanner apart(hosts);
  for (std::uint16_t port = 1001; port < 1005; ++port) apart.probe(port, 0s);
  CHECK_FALSE(apart.probe(443, 1s));
  apart.target = hosts.back().address;
  CHECK(apart.probe(443, 1s));
}

TEST_CASE("A group shares its firewall's limits on refusals and on SYNs") {
  auto host = edge();
  host.firewall = dropping("443");
  SECTION("on refusals") {
    host.firewall->refusal = Firewall::Refusal::rst;
    host.firewall->limit = RateLimit{1, 2};
    const auto hosts = group_of(host);
    Scanner scanner(hosts);
    CHECK(scanner.probe(1001, 0s));
    CHECK(scanner.probe(1002, 0s));
    scanner.target = hosts.back().address;
    CHECK_FALSE(scanner.probe(1001, 0s));
    CHECK(scanner.probe(443, 0s));
  }
  SECTION("on SYNs") {
    host.firewall->syn_limit = RateLimit{1, 2};
    const auto hosts = group_of(host);
    Scanner scanner(hosts);
    CHECK(scanner.probe(443, 0s));
    CHECK(scanner.probe(443, 0s));
    scanner.target = hosts.back().address;
    CHECK_FALSE(scanner.probe(443, 0s));
  }
}

TEST_CASE("Ports without others are what is left") {
  const auto left = *Ports::parse("443,50000-50010") - *Ports::parse("1-442,50001-50003,50010-65535");
  CHECK(left.to_string() == "443,50000,50004-50009");
  CHECK((left - Ports()).to_string() == left.to_string());
  CHECK((left - left).empty());
}
