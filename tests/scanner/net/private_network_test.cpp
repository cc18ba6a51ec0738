// What the kernel says of firewalls, routes and interfaces, in a network namespace of the test's own.
#include <cerrno>

#include "support/catch.hpp"
#include "support/loopback_ports.hpp"
#include "support/loopback_probe.hpp"
#include "support/netns_child.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;
using std::chrono::milliseconds;

namespace {

std::string probe(const char* address, Port port, Technique technique = Technique::half_open) {
  return describe_probe(request_to(Address::parse(address).value(), port, technique));
}

// Every probe of port 443 is rejected like this, and the sender is the address probed.
std::string reject_input(const std::string& how) {
  return "table inet firewall {\n chain input {\n type filter hook input priority 0;\n tcp dport 443 "
         "reject " +
         how + "\n }\n}\n";
}

// A network of two: 192.0.2.1 is us, 192.0.2.2 has a link address but nobody behind it.
const char* const add_link =
    "ip link add left type veth peer name right && ip addr add 192.0.2.1/24 dev left && ip link set left up "
    "&& "
    "ip link set right up && ip neigh add 192.0.2.2 lladdr 02:00:00:00:00:01 dev left";

std::string local_error(int number) {
  return "unknown local-error errno " + std::to_string(number);
}

}  // namespace

TEST_CASE("an ICMP error is a filtered port with its type, its code and its sender") {
  struct Example {
    const char* how;
    const char* address;
    const char* outcome;
  };
  const auto example = GENERATE(values<Example>({
      {"with icmp type admin-prohibited", "127.0.0.9", "filtered admin-prohibited icmp 3/13 from 127.0.0.9"},
      {"with icmp type net-prohibited", "127.0.0.9", "filtered admin-prohibited icmp 3/9 from 127.0.0.9"},
      {"with icmp type host-prohibited", "127.0.0.9", "filtered admin-prohibited icmp 3/10 from 127.0.0.9"},
      {"with icmp type host-unreachable", "127.0.0.9", "filtered host-unreach icmp 3/1 from 127.0.0.9"},
      {"with icmp type net-unreachable", "127.0.0.9", "filtered net-unreach icmp 3/0 from 127.0.0.9"},
      {"with icmp type port-unreachable", "127.0.0.9", "filtered port-unreach icmp 3/3 from 127.0.0.9"},
      {"with icmp type prot-unreachable", "127.0.0.9", "filtered port-unreach icmp 3/2 from 127.0.0.9"},
      {"with icmpv6 type admin-prohibited", "::1", "filtered admin-prohibited icmp 1/1 from ::1"},
      {"with icmpv6 type no-route", "::1", "filtered net-unreach icmp 1/0 from ::1"},
      {"with icmpv6 type addr-unreachable", "::1", "filtered host-unreach icmp 1/3 from ::1"},
      {"with icmpv6 type port-unreachable", "::1", "filtered port-unreach icmp 1/4 from ::1"},
      {"with tcp reset", "127.0.0.9", "closed conn-refused"},
      {"with tcp reset", "::1", "closed conn-refused"},
  }));
  const Technique technique = GENERATE(Technique::half_open, Technique::full_connect, Technique::watch);
  const auto text = in_private_network([&] {
    run("nft -f -", reject_input(example.how));
    return probe(example.address, 443, technique);
  });
  if (text) REQUIRE(*text == example.outcome);
}

TEST_CASE("an ICMP error carries the time it took") {
  const auto text = in_private_network([] {
    run("nft -f -", reject_input("with icmp type admin-prohibited"));
    const auto outcome = outcome_of(request_to(loopback_v4(), 443));
    return std::string(outcome.rtt > Duration::zero() && outcome.rtt < std::chrono::seconds(1) ? "yes"
                                                                                               : "no");
  });
  if (text) REQUIRE(*text == "yes");
}

TEST_CASE("a machine without a route cannot ask, and says so with the errno") {
  const auto text =
      in_private_network([] { return probe("192.0.2.1", 443) + ", " + probe("2001:db8::1", 443); });
  if (text) REQUIRE(*text == local_error(ENETUNREACH) + ", " + local_error(ENETUNREACH));
}

TEST_CASE("a route that forbids is our own error") {
  const auto text = in_private_network([] {
    run("ip route add prohibit 192.0.2.0/24 && ip route add unreachable 198.51.100.0/24");
    return probe("192.0.2.1", 443) + ", " + probe("198.51.100.1", 443);
  });
  if (text) REQUIRE(*text == local_error(EACCES) + ", " + local_error(EHOSTUNREACH));
}

TEST_CASE("our own firewall's refusal is our own error, its silence is silence") {
  const auto text = in_private_network([] {
    run(add_link);
    run("nft -f -",
        "table inet firewall {\n chain output {\n type filter hook output priority 0;\n"
        " tcp dport 443 reject with icmpx type admin-prohibited\n tcp dport 445 reject\n"
        " tcp dport 444 drop\n }\n}\n");
    auto dropped = request_to(Address::parse("192.0.2.2").value(), 444);
    dropped.timeout = milliseconds(20);
    return probe("192.0.2.2", 443) + ", " + probe("192.0.2.2", 445) + ", " + describe_probe(dropped);
  });
  if (text)
    REQUIRE(*text == local_error(EACCES) + ", " + local_error(ECONNREFUSED) + ", filtered no-response");
}

TEST_CASE("a broadcast address is our own error") {
  const auto text = in_private_network([] { return probe("127.255.255.255", 443); });
  if (text) REQUIRE(*text == local_error(ENETUNREACH));
}

TEST_CASE("no local port left is our own error") {
  const auto text = in_private_network([] {
    write_file("/proc/sys/net/ipv4/ip_local_port_range", "40000 40001");
    const SilentPort silent(loopback_v4(), 443);
    Connector connector;
    auto request = request_to(loopback_v4(), 443);
    request.timeout = milliseconds(20);
    for (request.ticket = 0; request.ticket < 3; ++request.ticket) connector.start(request, clock_now());
    std::vector<Completion> completions;
    connector.collect(clock_now(), completions);
    return completions.empty() ? "none" : describe(completions[0].outcome);
  });
  if (text) REQUIRE(*text == local_error(EADDRNOTAVAIL));
}

TEST_CASE("a neighbour that does not exist is filtered, told by our own kernel's ICMP") {
  const auto text = in_private_network([] {
    run(add_link);
    write_file("/proc/sys/net/ipv4/neigh/left/retrans_time_ms", "10");
    return probe("192.0.2.77", 443);
  });
  if (text) REQUIRE(*text == "filtered host-unreach icmp 3/1 from 192.0.2.1");
}

TEST_CASE("a gateway that is gone is our own error, in both families") {
  const auto text = in_private_network([] {
    run(add_link);
    run("ip addr add 2001:db8::1/64 dev left nodad && ip route add default via 192.0.2.77 && "
        "ip -6 route add default via 2001:db8::77");
    write_file("/proc/sys/net/ipv4/neigh/left/retrans_time_ms", "10");
    write_file("/proc/sys/net/ipv6/neigh/left/retrans_time_ms", "10");
    return probe("198.51.100.1", 443) + ", " + probe("2001:db8:1::1", 443);
  });
  if (text) REQUIRE(*text == local_error(EHOSTUNREACH) + ", " + local_error(EHOSTUNREACH));
}

TEST_CASE(
    "an interface that goes down ends new probes as our own error, and those in flight by their deadline") {
  const auto text = in_private_network([] {
    run(add_link);
    Connector connector;
    auto request = request_to(Address::parse("192.0.2.2").value(), 443);
    request.timeout = milliseconds(50);
    connector.start(request, clock_now());
    run("ip link set left down");
    connector.start(request, clock_now());
    std::string outcomes;
    for (const auto& completion : run_out(connector)) outcomes += describe(completion.outcome) + ";";
    return outcomes;
  });
  if (text) REQUIRE(*text == local_error(ENETUNREACH) + ";filtered no-response;");
}

TEST_CASE("a port that only connects to itself is closed, not open") {
  const auto text = in_private_network([] {
    write_file("/proc/sys/net/ipv4/ip_local_port_range", "50001 50008");
    std::string outcomes;
    for (int round = 0; round < 50; ++round)
      for (Port port = 50001; port <= 50008; ++port)
        if (const auto outcome = probe("127.0.0.1", port); outcome != "closed conn-refused")
          outcomes += outcome + ";";
    return outcomes;
  });
  if (text) REQUIRE(text->empty());
}

TEST_CASE("self-connects do happen in the range the test above uses") {
  const auto text = in_private_network([] {
    write_file("/proc/sys/net/ipv4/ip_local_port_range", "50001 50008");
    const SocketAddress self = to_socket_address({loopback_v4(), 50001});
    for (int attempt = 0; attempt < 1000; ++attempt) {
      const FileDescriptor caller(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
      if (::connect(caller.get(), self.raw(), self.length) == 0) return std::string("connected to itself");
    }
    return std::string("never");
  });
  if (text) REQUIRE(*text == "connected to itself");
}
