// What the kernel in virtual time makes of answers that are no plain acceptance or refusal.
#include "tests/accuracy/virtual/kernel.hpp"

#include <optional>

#include "support/catch.hpp"
#include "tests/accuracy/virtual/convert.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_farm;
using namespace std::chrono_literals;

namespace {

farm::Host edge() {
  farm::Host host;
  host.address = *farm::parse_ip("198.18.1.7");
  host.rtt = {100, 0, farm::Rtt::Shape::gamma};
  host.open = *farm::Ports::parse("443");
  return host;
}

struct Ended {
  ProbeOutcome outcome;
  Duration took{};
  std::uint64_t syns = 0;
};

Ended probe(const farm::Host& host, Technique technique = Technique::half_open) {
  farm::HostModel model(host, 1);
  Kernel kernel(*farm::parse_ip("198.18.0.1"));
  StartProbe step;
  step.address = address_of(host.address);
  step.probe.port = 443;
  step.probe.technique = technique;
  step.probe.wait = 5s;
  kernel.start(model, step, Time{});
  std::optional<Ended> ended;
  while (!ended) {
    const Time now = kernel.next();
    kernel.run_until(now, [&](const Flight& flight) {
      ended = Ended{flight.outcome, now - Time{}, kernel.syns()};
    });
  }
  return *ended;
}

}  // namespace

TEST_CASE("A wrong acknowledgement ends no probe, and the SYN is sent again at once") {
  auto host = edge();
  host.overrides = {{.answer = farm::Override::Answer::wrong_ack, .ports = host.open, .until_syns = 1}};
  const auto once = probe(host);
  CHECK(once.outcome.state == PortState::open);
  CHECK(once.syns == 2);
  CHECK(once.took > 200ms);
  CHECK(once.took < 250ms);
  CHECK(once.outcome.rtt == once.took);  // as the engine measures it, which knows of no SYN but the first
  host.overrides.front().until_syns.reset();
  const auto always = probe(host);
  CHECK(always.outcome.reason == Reason::no_response);
  CHECK(always.took == 5s);
}

TEST_CASE("A SYN-ACK that a RST follows is an open port whose peer resets") {
  auto host = edge();
  host.acceptor = farm::Acceptor{farm::Acceptor::Kind::resetter, host.open, {20, 0, {}}};
  CHECK(probe(host).outcome.state == PortState::open);
  CHECK(probe(host, Technique::watch).outcome.peer == PeerAct::reset);
  host.acceptor.reset();
  CHECK(probe(host, Technique::watch).outcome.peer == PeerAct::idle);
}

TEST_CASE("An override's ICMP error is the probe's end, by its own type, code and sender") {
  auto host = edge();
  host.overrides = {{.answer = farm::Override::Answer::icmp,
                     .ports = host.open,
                     .icmp = {11, 0},
                     .address = *farm::parse_ip("198.19.0.9")}};
  const auto ended = probe(host);
  CHECK(ended.outcome.reason == Reason::host_unreach);
  REQUIRE(ended.outcome.icmp);
  CHECK(ended.outcome.icmp->type == 11);
  CHECK(ended.outcome.icmp->from == *Address::parse("198.19.0.9"));
}
