// A socket that was refused is used again for the next probe of its family: what must not be told apart from
// a new one, but for the system calls that it saves.
#include <sys/resource.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include "scanner/net/connect.hpp"
#include "support/catch.hpp"
#include "support/loopback_ports.hpp"
#include "support/loopback_probe.hpp"
#include "support/netns_child.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;

namespace {

std::ptrdiff_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return std::distance(begin(all), end(all)) - 1;  // less the iterator's own
}

std::string probed(Connector& connector, const ConnectRequest& request) {
  if (connector.start(request, clock_now()) != StartResult::started) return "no descriptor";
  const auto completions = run_out(connector);
  return completions.size() == 1 ? describe(completions.front().outcome) : "not one completion";
}

}  // namespace

TEST_CASE("probes that are refused one after another share one socket") {
  const Address address = GENERATE(loopback_v4(), loopback_v6());
  const ClosedPort closed(address);
  Connector connector;
  REQUIRE(probed(connector, request_to(address, closed.port())) == "closed conn-refused");
  const auto with_one = open_descriptors();
  for (int probe = 0; probe < 50; ++probe) {
    REQUIRE(probed(connector, request_to(address, closed.port())) == "closed conn-refused");
    REQUIRE(connector.in_flight() == 0);
    REQUIRE(open_descriptors() == with_one);
  }
}

TEST_CASE("a reused socket tells open from closed from silent as a new one does") {
  const Address address = GENERATE(loopback_v4(), loopback_v6());
  const ClosedPort closed(address);
  const OpenPort open(address);
  const SilentPort silent(address);
  Connector connector;
  auto unanswered = request_to(address, silent.port());
  unanswered.timeout = std::chrono::milliseconds(20);
  for (int round = 0; round < 3; ++round) {
    REQUIRE(probed(connector, request_to(address, closed.port())) == "closed conn-refused");
    REQUIRE(probed(connector, request_to(address, open.port())) == "open syn-ack");
    REQUIRE_FALSE(open.accept());  // half open, and reset
    REQUIRE(probed(connector, request_to(address, closed.port())) == "closed conn-refused");
    REQUIRE(probed(connector, unanswered) == "filtered no-response");
  }
}

TEST_CASE("a port that is watched has a socket of its own, whatever sockets are reusable") {
  const ClosedPort closed(loopback_v4());
  const OpenPort open(loopback_v4());
  Connector connector;
  REQUIRE(probed(connector, request_to(loopback_v4(), closed.port())) == "closed conn-refused");
  auto watched = request_to(loopback_v4(), open.port(), Technique::watch);
  watched.watch = std::chrono::milliseconds(20);
  REQUIRE(probed(connector, watched) == "open syn-ack idle");
  REQUIRE(open.accept());
}

TEST_CASE("reusable sockets are neither in flight nor abandoned") {
  const ClosedPort closed(loopback_v4());
  Connector connector;
  REQUIRE(probed(connector, request_to(loopback_v4(), closed.port())) == "closed conn-refused");
  CHECK(connector.in_flight() == 0);
  CHECK(connector.next_deadline() == Time::max());
  std::vector<Completion> completions;
  connector.collect(clock_now() + std::chrono::hours(1), completions);
  connector.abandon(completions);
  CHECK(completions.empty());
}

TEST_CASE("where descriptors are short, reusable sockets are given up for another family's probe") {
  const ClosedPort v4(loopback_v4());
  const ClosedPort v6(loopback_v6());
  Connector connector;
  REQUIRE(probed(connector, request_to(loopback_v4(), v4.port())) == "closed conn-refused");
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  rlimit all_taken = before;
  all_taken.rlim_cur = static_cast<rlim_t>(open_descriptors());
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &all_taken) == 0);
  const std::string outcome = probed(connector, request_to(loopback_v6(), v6.port()));
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(outcome == "closed conn-refused");
}

TEST_CASE("an ICMP error to a reused socket is told apart from a RST, and the socket is not reused again") {
  const auto text = in_private_network([] {
    run("nft -f -",
        "table inet firewall {\n chain input {\n type filter hook input priority 0;\n"
        " tcp dport 444 reject with icmp type port-unreachable\n }\n}\n");
    Connector connector;
    std::string told;
    for (const Port port : std::vector<Port>{443, 444, 443, 444, 443})
      told += probed(connector, request_to(loopback_v4(), port)) + "\n";
    return told;
  });
  const std::string refused = "closed conn-refused\n";
  const std::string rejected = "filtered port-unreach icmp 3/3 from 127.0.0.1\n";
  if (text) REQUIRE(*text == refused + rejected + refused + rejected + refused);
}
