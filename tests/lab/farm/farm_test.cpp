#include "tests/lab/farm/farm.hpp"

#include "support/catch.hpp"
#include "tests/lab/farm/draw.hpp"
#include "tests/lab/farm/test_scanner.hpp"

using namespace edgesurvey::farm;
using namespace std::chrono_literals;

TEST_CASE("An open port answers a SYN after the round trip, and a resent SYN alike") {
  Scanner scanner(edge());
  const auto first = scanner.probe(443, 0s);
  REQUIRE(first);
  CHECK(first->flags == (tcp::syn | tcp::ack));
  CHECK(first->ack == 2);
  CHECK(scanner.at == Time(100ms));
  const auto again = scanner.probe(443, 1s);
  REQUIRE(again);
  CHECK(again->seq == first->seq);
}

TEST_CASE("A host in stealth mode is silent where nothing listens, another sends a RST") {
  CHECK_FALSE(Scanner(edge()).probe(444, 0s));
  auto host = edge();
  host.stealth = false;
  Scanner scanner(host);
  const auto refused = scanner.probe(444, 0s);
  REQUIRE(refused);
  CHECK(refused->flags == (tcp::rst | tcp::ack));
  CHECK(refused->ack == 2);
}

TEST_CASE("The handshake's last ACK opens a connection that takes data and closes in order") {
  Scanner scanner(edge());
  const auto accepted = scanner.probe(443, 0s);
  scanner.send(443, tcp::ack, 1s, 2, accepted->seq + 1);
  CHECK(scanner.farm.counters().established == 1);
  CHECK_FALSE(scanner.next());
  const Bytes data{1, 2, 3};
  scanner.send(443, tcp::ack | tcp::psh, 2s, 2, accepted->seq + 1, data);
  CHECK(scanner.next()->ack == 5);
  scanner.send(443, tcp::ack | tcp::fin, 3s, 5, accepted->seq + 1);
  const auto closed = scanner.next();
  REQUIRE(closed);
  CHECK(closed->flags == (tcp::fin | tcp::ack));
  CHECK(closed->ack == 6);
}

TEST_CASE("A half-open probe leaves no connection behind, and a made-up ACK opens none") {
  Scanner scanner(edge());
  const auto accepted = scanner.probe(443, 0s);
  scanner.send(443, tcp::rst, 1s, 2);
  scanner.send(443, tcp::ack, 2s, 2, accepted->seq + 99);
  CHECK(scanner.farm.counters().established == 0);
  CHECK(scanner.farm.counters().resets == 1);
}

TEST_CASE("A firewall refuses at its own distance and by its own address, and passes what it passes") {
  auto host = edge();
  Firewall firewall;
  firewall.refusal = Firewall::Refusal::icmp;
  firewall.icmp = {3, 10};
  firewall.address = *parse_ip("198.19.0.1");
  firewall.rtt = {20, 0, Rtt::Shape::gamma};
  firewall.passes = *Ports::parse("443");
  host.firewall = firewall;
  Scanner scanner(host);
  CHECK(scanner.probe(443, 0s)->flags == (tcp::syn | tcp::ack));
  scanner.send(50001, tcp::syn, 1s);
  CHECK_FALSE(scanner.next());  // no TCP
  CHECK(scanner.at == Time(1020ms));
  const auto refusal = parse_datagram(scanner.last);
  CHECK(refusal->from == firewall.address);
  CHECK(refusal->payload[1] == 10);
}

TEST_CASE("Intrusion prevention trips at its threshold of distinct ports and lets go after its time") {
  auto host = edge();
  host.ips = Ips{Ips::Counts::ports, 3, 5, 10};
  Scanner scanner(host);
  for (int i = 0; i < 5; ++i) CHECK(scanner.probe(443, i * 100ms));  // one port, however often
  scanner.probe(1001, 1s);
  CHECK(scanner.probe(443, 2s));
  scanner.probe(1002, 3s);
  CHECK_FALSE(scanner.probe(443, 4s));
  CHECK(scanner.probe(443, 14s));
  CHECK(scanner.farm.hosts().front().ips_trips() == 1);
}

TEST_CASE("A scanner slow enough never trips it") {
  auto host = edge();
  host.ips = Ips{Ips::Counts::ports, 3, 5, 0};
  Scanner scanner(host);
  for (int i = 0; i < 50; ++i) scanner.probe(static_cast<std::uint16_t>(2000 + i), i * 3s);
  CHECK(scanner.probe(443, 200s));
}

TEST_CASE("A host dies after its SYNs, another comes up after its time, and a step moves the RTT") {
  auto host = edge();
  host.life.dies_after_syns = 2;
  Scanner dying(host);
  CHECK(dying.probe(443, 0s));
  CHECK(dying.probe(443, 1s));
  CHECK_FALSE(dying.probe(443, 2s));

  host.life = {};
  host.life.up_at_s = 5;
  Scanner late(host);
  CHECK_FALSE(late.probe(443, 1s));  // the clock of a host starts with its first packet
  CHECK_FALSE(late.probe(443, 5s));
  CHECK(late.probe(443, 6s));

  host.life = {};
  host.steps = {{3, 80}};
  Scanner stepping(host);
  stepping.probe(443, 0s);
  stepping.probe(443, 3s);
  CHECK(stepping.at == Time(3180ms));
}

TEST_CASE(
    "A late port accepts so much later than the others, and its refusals and its connections are on time") {
  auto host = edge();
  host.open = *Ports::parse("443,50001-50002");
  host.stealth = false;
  host.late = Late{*Ports::parse("50001,50003"), 800};
  Scanner scanner(host);
  CHECK(scanner.probe(443, 0s));
  CHECK(scanner.at == Time(100ms));
  CHECK(scanner.probe(50002, 0s));
  CHECK(scanner.at == Time(100ms));
  CHECK((scanner.probe(50003, 0s)->flags & tcp::rst) != 0);
  CHECK(scanner.at == Time(100ms));
  const auto accepted = scanner.probe(50001, 0s);
  REQUIRE(accepted);
  CHECK(scanner.at == Time(900ms));
  scanner.send(50001, tcp::ack, 1s, 2, accepted->seq + 1);
  const Bytes data{1};
  scanner.send(50001, tcp::ack | tcp::psh, 2s, 2, accepted->seq + 1, data);
  CHECK(scanner.next());
  CHECK(scanner.at == Time(2100ms));
}

TEST_CASE("What accepts in front of a host is not late with the host's ports") {
  auto host = edge();
  host.late = Late{*Ports::parse("443"), 800};
  host.acceptor = Acceptor{Acceptor::Kind::syn_proxy, *Ports::parse("1-65535"), {5, 0, {}}};
  Scanner scanner(host);
  CHECK(scanner.probe(443, 0s));
  CHECK(scanner.at == Time(5ms));
}

TEST_CASE("A RST limit answers the burst and then its rate") {
  auto host = edge();
  host.stealth = false;
  host.rst_limit = RateLimit{1, 2};
  Scanner scanner(host);
  int refused = 0;
  for (std::uint16_t port = 1000; port < 1020; ++port) refused += scanner.probe(port, 0s) ? 1 : 0;
  CHECK(refused == 2);
}

TEST_CASE("A tarpit accepts everything with a closed window, and takes nothing") {
  auto host = edge();
  host.acceptor = Acceptor{Acceptor::Kind::tarpit, *Ports::parse("1-65535"), {5, 0, {}}};
  Scanner scanner(host);
  const auto accepted = scanner.probe(50777, 0s);
  REQUIRE(accepted);
  CHECK(accepted->window == 0);
  CHECK(scanner.at == Time(5ms));
  const Bytes data{1};
  scanner.send(50777, tcp::ack | tcp::psh, 1s, 2, accepted->seq + 1, data);
  CHECK_FALSE(scanner.next());
}

TEST_CASE("The same scan meets the same network, whatever else is asked in between") {
  auto host = edge();
  host.rtt.jitter_ms = 20;
  host.loss = {0.2, 0.2, std::nullopt};
  Scanner one(host);
  Scanner other(host);
  for (std::uint16_t port = 5000; port < 5050; ++port) other.probe(port, 0s);
  for (int i = 0; i < 100; ++i) {
    one.at = other.at = 0s;
    const auto now = 10s + i * 1s;
    const auto a = one.probe(443, now);
    const auto b = other.probe(443, now);
    REQUIRE(a.has_value() == b.has_value());
    CHECK(one.at == other.at);
  }
}

TEST_CASE("A packet for an address that is no host's is counted and named") {
  Scanner scanner(edge());
  scanner.target = *parse_ip("198.18.9.9");
  CHECK_FALSE(scanner.probe(443, 0s));
  CHECK(scanner.farm.counters().unknown_addresses == 1);
  CHECK(scanner.farm.counters().strays == std::vector<Ip>{scanner.target});
}

TEST_CASE("No packet, however broken, upsets the farm") {
  auto host = edge();
  host.name = "edge-1.farm.test";
  auto spec = farm_of({host});
  spec.dns = *parse_ip("198.18.0.53");
  Farm farm(spec);
  Bytes sound;
  Segment syn;
  syn.from = spec.client_v4;
  syn.flags = tcp::syn;
  for (const auto& to : {host.address, *spec.dns}) {
    syn.to = to;
    write_tcp(sound, syn, 64);
    for (std::uint64_t i = 0; i < 20'000; ++i) {
      Draw draw(mix(11, i));
      auto broken = sound;
      for (int n = 0; n < 3; ++n)
        broken[draw.below(static_cast<std::uint32_t>(broken.size()))] =
            static_cast<std::uint8_t>(draw.bits());
      broken.resize(draw.below(static_cast<std::uint32_t>(broken.size()) + 1));
      farm.receive(broken, i * 1ms);
    }
  }
  CHECK(farm.counters().packets == 40'000);
  CHECK(farm.counters().not_understood > 0);
}

TEST_CASE("The name server knows the farm's names in any case, and says NXDOMAIN to others") {
  auto host = edge();
  host.name = "edge-1.farm.test";
  const NameServer names(farm_of({host}));
  const auto query = [](const std::string& labels, std::uint8_t type) {
    Bytes bytes{0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    bytes.insert(bytes.end(), labels.begin(), labels.end());
    for (const std::uint8_t byte : {std::uint8_t{0}, std::uint8_t{0}, type, std::uint8_t{0}, std::uint8_t{1}})
      bytes.push_back(byte);
    return bytes;
  };
  const auto a = names.answer(query("\6EDGE-1\4farm\4test", 1));
  REQUIRE(a);
  CHECK((*a)[3] == 0);
  CHECK((*a)[7] == 1);
  CHECK(Bytes(a->end() - 4, a->end()) == Bytes{198, 18, 1, 7});
  const auto aaaa = names.answer(query("\6edge-1\4farm\4test", 28));
  CHECK((*aaaa)[3] == 0);  // the name exists, the record does not
  CHECK((*aaaa)[7] == 0);
  CHECK((*names.answer(query("\5other\4farm\4test", 1)))[3] == 3);
  CHECK_FALSE(names.answer(Bytes{1, 2, 3}));
  CHECK_FALSE(
      names.answer(query("\x3f"
                         "cut",
                         1)));
}
