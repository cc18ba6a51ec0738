#include "scanner/probe.hpp"

#include <array>
#include <set>
#include <string>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

// Every value of an enumeration of `size` reads back from its own name, and no name is used twice.
template <typename Enum, typename Parse>
void check_names(int size, Parse parse) {
  std::set<std::string> names;
  for (int value = 0; value < size; ++value) {
    const auto name = to_string(static_cast<Enum>(value));
    INFO(name);
    CHECK(parse(name) == static_cast<Enum>(value));
    CHECK(names.insert(std::string(name)).second);
  }
  for (const char* unknown : {"", "Open", "SYN-ACK", "syn_ack", "open "}) CHECK_FALSE(parse(unknown));
}

}  // namespace

TEST_CASE("Roles, states, reasons and acts read back as they are written") {
  check_names<Role>(4, parse_role);
  check_names<PortState>(4, parse_port_state);
  check_names<Reason>(9, parse_reason);
  check_names<PeerAct>(5, parse_peer_act);
}

TEST_CASE("States and reasons are spelled as nmap spells them") {
  CHECK(to_string(PortState::filtered) == "filtered");
  CHECK(to_string(Reason::syn_ack) == "syn-ack");
  CHECK(to_string(Reason::conn_refused) == "conn-refused");
  CHECK(to_string(Reason::no_response) == "no-response");
  CHECK(to_string(Reason::admin_prohibited) == "admin-prohibited");
  CHECK(to_string(Reason::not_run) == "not-run");
  CHECK(to_string(Role::cls) == "cls");
  CHECK(to_string(PeerAct::end_of_file) == "end-of-file");
}

TEST_CASE("A SYN-ACK, a RST and an ICMP error are answers, silence and our own failures are none") {
  CHECK(ProbeOutcome{.state = PortState::open, .reason = Reason::syn_ack}.answered());
  CHECK(ProbeOutcome{.state = PortState::closed, .reason = Reason::conn_refused}.answered());
  CHECK(ProbeOutcome{.state = PortState::filtered, .reason = Reason::host_unreach}.answered());
  CHECK_FALSE(ProbeOutcome{.state = PortState::filtered, .reason = Reason::no_response}.answered());
  CHECK_FALSE(ProbeOutcome{.state = PortState::unknown, .reason = Reason::local_error}.answered());
  CHECK_FALSE(ProbeOutcome{}.answered());
}

TEST_CASE("ICMP unreachable codes are read as RFC 792 and RFC 1812 mean them") {
  for (const int code : {0, 6, 11})
    CHECK(reason_of_icmp(Family::ipv4, 3, static_cast<std::uint8_t>(code)) == Reason::net_unreach);
  for (const int code : {2, 3})
    CHECK(reason_of_icmp(Family::ipv4, 3, static_cast<std::uint8_t>(code)) == Reason::port_unreach);
  for (const int code : {9, 10, 13})
    CHECK(reason_of_icmp(Family::ipv4, 3, static_cast<std::uint8_t>(code)) == Reason::admin_prohibited);
  for (const int code : {1, 5, 7, 8, 12, 200})
    CHECK(reason_of_icmp(Family::ipv4, 3, static_cast<std::uint8_t>(code)) == Reason::host_unreach);
  CHECK(reason_of_icmp(Family::ipv4, 11, 0) == Reason::host_unreach);  // time exceeded: a routing loop
}

TEST_CASE("ICMPv6 unreachable codes are read as RFC 4443 means them") {
  CHECK(reason_of_icmp(Family::ipv6, 1, 0) == Reason::net_unreach);
  for (const int code : {1, 5, 6})
    CHECK(reason_of_icmp(Family::ipv6, 1, static_cast<std::uint8_t>(code)) == Reason::admin_prohibited);
  CHECK(reason_of_icmp(Family::ipv6, 1, 3) == Reason::host_unreach);
  CHECK(reason_of_icmp(Family::ipv6, 1, 4) == Reason::port_unreach);
  CHECK(reason_of_icmp(Family::ipv6, 3, 0) == Reason::host_unreach);
  // The same numbers mean something else in the other family.
  CHECK(reason_of_icmp(Family::ipv6, 1, 4) != reason_of_icmp(Family::ipv4, 1, 4));
}
