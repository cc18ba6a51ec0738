#include <sys/resource.h>

#include <cerrno>
#include <cstdint>
#include <optional>
#include <set>

#include "scanner/net/limits.hpp"
#include "support/catch.hpp"
#include "support/loopback_ports.hpp"
#include "support/loopback_probe.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

void require_answered_within(const ProbeOutcome& outcome, Duration limit) {
  REQUIRE(outcome.rtt > Duration::zero());
  REQUIRE(outcome.rtt < limit);
}

}  // namespace

TEST_CASE("a listener is open, a bound port without one is closed, a full listener is filtered") {
  const Address address = GENERATE(loopback_v4(), loopback_v6());
  const Technique technique = GENERATE(Technique::half_open, Technique::full_connect);
  const OpenPort open(address);
  const ClosedPort closed(address);
  const SilentPort silent(address);

  const auto opened = outcome_of(request_to(address, open.port(), technique));
  CHECK(describe(opened) == "open syn-ack");
  require_answered_within(opened, seconds(1));

  const auto refused = outcome_of(request_to(address, closed.port(), technique));
  CHECK(describe(refused) == "closed conn-refused");
  require_answered_within(refused, seconds(1));

  auto request = request_to(address, silent.port(), technique);
  request.timeout = milliseconds(20);
  const auto unanswered = outcome_of(request);
  CHECK(describe(unanswered) == "filtered no-response");
  CHECK(unanswered.rtt == Duration::zero());
  CHECK_FALSE(unanswered.answered());
}

TEST_CASE("a half-open probe is never accepted by the listener") {
  const Address address = GENERATE(loopback_v4(), loopback_v6());
  const OpenPort open(address);
  for (int probe = 0; probe < 20; ++probe) {
    REQUIRE(describe_probe(request_to(address, open.port())) == "open syn-ack");
    // The RST has arrived: loopback delivers it inside close().
    REQUIRE_FALSE(open.accept());
    REQUIRE(errno == EAGAIN);
  }
}

TEST_CASE("a full connection is accepted, and ends with a RST") {
  const OpenPort open(loopback_v4());
  REQUIRE(describe_probe(request_to(loopback_v4(), open.port(), Technique::full_connect)) == "open syn-ack");
  const FileDescriptor accepted = open.accept();
  REQUIRE(accepted);
  char byte = 0;
  REQUIRE(::recv(accepted.get(), &byte, 1, 0) == -1);
  REQUIRE(errno == ECONNRESET);
}

TEST_CASE("every probe in flight ends exactly once, with its own ticket") {
  const OpenPort open(loopback_v4());
  const ClosedPort closed(loopback_v4());
  const SilentPort silent(loopback_v4());
  const Port ports[] = {open.port(), closed.port(), silent.port()};
  const PortState states[] = {PortState::open, PortState::closed, PortState::filtered};
  constexpr ProbeTicket probes = 3000;

  Connector connector;
  std::vector<Completion> completions;
  for (ProbeTicket ticket = 0; ticket < probes; ++ticket) {
    auto request = request_to(loopback_v4(), ports[ticket % 3]);
    request.ticket = ticket;
    request.timeout = milliseconds(50);
    while (connector.start(request, clock_now()) == StartResult::no_descriptor) {
      wait_for(connector);
      connector.collect(clock_now(), completions);
    }
  }
  const auto rest = run_out(connector);
  completions.insert(completions.end(), rest.begin(), rest.end());

  std::set<ProbeTicket> ended;
  for (const Completion& completion : completions) {
    CHECK(completion.outcome.state == states[completion.ticket % 3]);
    ended.insert(completion.ticket);
  }
  REQUIRE(completions.size() == probes);
  REQUIRE(ended.size() == probes);
  REQUIRE(connector.next_deadline() == Time::max());
}

TEST_CASE("when the SYN was sent twice, the time is the kernel's own or none (Karn's rule)") {
  SilentPort opening(loopback_v4());
  std::optional<SilentPort> closing(loopback_v4());
  const Port closing_port = closing->port();
  Connector connector;
  connector.start(request_to(loopback_v4(), opening.port()), clock_now());
  connector.start(request_to(loopback_v4(), closing_port), clock_now());
  opening.make_room();
  closing.reset();
  const auto completions = run_out(connector);  // a second from now, when the kernel sends them again
  REQUIRE(completions.size() == 2);
  for (const auto& [ticket, outcome] : completions) {
    if (outcome.state == PortState::open)
      require_answered_within(outcome, milliseconds(900));
    else
      CHECK(outcome.rtt == Duration::zero());
  }
  CHECK(completions[0].outcome.state != completions[1].outcome.state);
}

TEST_CASE("a connector tells how many probes are in flight and when the first one expires") {
  const SilentPort silent(loopback_v4());
  Connector connector;
  REQUIRE(connector.in_flight() == 0);
  REQUIRE(connector.next_deadline() == Time::max());

  const Time now = clock_now();
  for (const auto timeout : {milliseconds(400), milliseconds(200), milliseconds(300)}) {
    auto request = request_to(loopback_v4(), silent.port());
    request.timeout = timeout;
    REQUIRE(connector.start(request, now) == StartResult::started);
  }
  REQUIRE(connector.in_flight() == 3);
  REQUIRE(connector.next_deadline() >= now + milliseconds(200));
  REQUIRE(connector.next_deadline() <= now + milliseconds(201));

  // The time is an argument: no wait is needed to see a deadline pass.
  std::vector<Completion> completions;
  connector.collect(now + milliseconds(199), completions);
  REQUIRE(completions.empty());
  connector.collect(now + milliseconds(301), completions);
  REQUIRE(completions.size() == 2);
  REQUIRE(connector.in_flight() == 1);
}

TEST_CASE("an answer that came before we looked is taken, however late we are") {
  const OpenPort open(loopback_v4());
  Connector connector;
  const Time now = clock_now();
  REQUIRE(connector.start(request_to(loopback_v4(), open.port()), now) == StartResult::started);
  wait_for(connector);
  std::vector<Completion> completions;
  connector.collect(now + std::chrono::hours(1), completions);
  REQUIRE(completions.size() == 1);
  REQUIRE(describe(completions[0].outcome) == "open syn-ack");
}

TEST_CASE("no answer is lost to a deadline, even when more of them wait than one collect takes") {
  constexpr std::size_t probes = 1500;
  REQUIRE(raise_descriptor_limit(probes).max_in_flight == probes);
  const ClosedPort closed(loopback_v4());
  Connector connector;
  const Time now = clock_now();
  for (std::size_t probe = 0; probe < probes; ++probe)
    REQUIRE(connector.start(request_to(loopback_v4(), closed.port()), now) == StartResult::started);
  std::vector<Completion> completions;
  connector.collect(now + std::chrono::hours(1), completions);
  REQUIRE(completions.size() < probes);
  while (connector.in_flight() > 0) connector.collect(now + std::chrono::hours(1), completions);
  REQUIRE(completions.size() == probes);
  for (const Completion& completion : completions)
    REQUIRE(describe(completion.outcome) == "closed conn-refused");
}

TEST_CASE("without a free descriptor a probe does not start, and can start later") {
  const ClosedPort closed(loopback_v4());
  Connector connector;
  const auto request = request_to(loopback_v4(), closed.port());
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);

  rlimit none = before;
  none.rlim_cur = 0;  // no new number at all: those already open stay
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  const StartResult starved = connector.start(request, clock_now());
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);

  CHECK(starved == StartResult::no_descriptor);
  CHECK(connector.in_flight() == 0);
  REQUIRE(connector.start(request, clock_now()) == StartResult::started);
  const auto completions = run_out(connector);
  REQUIRE(completions.size() == 1);
  REQUIRE(describe(completions[0].outcome) == "closed conn-refused");
}

TEST_CASE(
    "a destination the kernel will not connect to is our own error, told by collect() and not by start()") {
  Connector connector;
  const Address link_local = Address::parse("fe80::1").value();  // without a zone: EINVAL, nothing is sent
  const Time now = clock_now();
  REQUIRE(connector.start(request_to(link_local, 443), now) == StartResult::started);
  REQUIRE(connector.in_flight() == 1);
  REQUIRE(connector.next_deadline() == now);
  const auto completions = run_out(connector);
  REQUIRE(completions.size() == 1);
  REQUIRE(describe(completions[0].outcome) == "unknown local-error errno " + std::to_string(EINVAL));
}

TEST_CASE("a connector that goes takes its probes with it, and resets what was open") {
  const OpenPort open(loopback_v4());
  FileDescriptor accepted;
  {
    Connector connector;
    std::vector<Completion> completions;
    REQUIRE(connector.start(request_to(loopback_v4(), open.port(), Technique::watch), clock_now()) ==
            StartResult::started);
    wait_for(connector);
    connector.collect(clock_now(), completions);
    accepted = open.accept();
    REQUIRE(completions.empty());
  }
  char byte = 0;
  REQUIRE(::recv(accepted.get(), &byte, 1, 0) == -1);
  REQUIRE(errno == ECONNRESET);
}
