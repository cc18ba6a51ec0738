#include "scanner/probe.hpp"

#include <array>

#include "scanner/name_table.hpp"

namespace edgesurvey {
namespace {

using namespace std::string_view_literals;

constexpr std::array role_names{"service"sv, "cls"sv, "control"sv, "sample"sv, "boundary"sv};
constexpr std::array state_names{"open"sv, "closed"sv, "filtered"sv, "unknown"sv};
constexpr std::array reason_names{"syn-ack"sv,          "conn-refused"sv, "no-response"sv,
                                  "admin-prohibited"sv, "host-unreach"sv, "net-unreach"sv,
                                  "port-unreach"sv,     "local-error"sv,  "not-run"sv};
constexpr std::array peer_act_names{"not-watched"sv, "idle"sv, "data"sv, "end-of-file"sv, "reset"sv};

constexpr std::uint8_t icmp4_unreachable = 3;
constexpr std::uint8_t icmp6_unreachable = 1;

Reason reason_of_icmp4(std::uint8_t type, std::uint8_t code) {
  if (type != icmp4_unreachable) return Reason::host_unreach;
  switch (code) {
    case 0:   // net unreachable
    case 6:   // destination network unknown
    case 11:  // network unreachable for TOS
      return Reason::net_unreach;
    case 2:  // protocol unreachable
    case 3:  // port unreachable
      return Reason::port_unreach;
    case 9:   // network administratively prohibited
    case 10:  // host administratively prohibited
    case 13:  // communication administratively prohibited
      return Reason::admin_prohibited;
    default:
      return Reason::host_unreach;
  }
}

Reason reason_of_icmp6(std::uint8_t type, std::uint8_t code) {
  if (type != icmp6_unreachable) return Reason::host_unreach;
  switch (code) {
    case 0:  // no route to destination
      return Reason::net_unreach;
    case 4:  // port unreachable
      return Reason::port_unreach;
    case 1:  // administratively prohibited
    case 5:  // source address failed ingress/egress policy
    case 6:  // reject route to destination
      return Reason::admin_prohibited;
    default:
      return Reason::host_unreach;
  }
}

}  // namespace

std::string_view to_string(Role role) {
  return role_names.at(static_cast<std::size_t>(role));
}
std::string_view to_string(PortState state) {
  return state_names.at(static_cast<std::size_t>(state));
}
std::string_view to_string(Reason reason) {
  return reason_names.at(static_cast<std::size_t>(reason));
}
std::string_view to_string(PeerAct act) {
  return peer_act_names.at(static_cast<std::size_t>(act));
}

std::optional<Role> parse_role(std::string_view text) {
  return parse_name<Role>(role_names, text);
}
std::optional<PortState> parse_port_state(std::string_view text) {
  return parse_name<PortState>(state_names, text);
}
std::optional<Reason> parse_reason(std::string_view text) {
  return parse_name<Reason>(reason_names, text);
}
std::optional<PeerAct> parse_peer_act(std::string_view text) {
  return parse_name<PeerAct>(peer_act_names, text);
}

Reason reason_of_icmp(Family family, std::uint8_t type, std::uint8_t code) {
  return family == Family::ipv4 ? reason_of_icmp4(type, code) : reason_of_icmp6(type, code);
}

}  // namespace edgesurvey
