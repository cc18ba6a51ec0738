// One probe: what is asked of the network, and what came of it. States and reasons are nmap's words
// (nmap.org/book/man-port-scanning-basics.html, portreasons.cc); no state without a reason.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "scanner/time.hpp"
#include "targets/address.hpp"
#include "targets/port_set.hpp"

namespace edgesurvey {

// Linux sends an unanswered SYN again after 1 s, and once a second from then on (kernel 6.5 and later;
// earlier ones after 1, 3, 7 s). A wait that ends before the first resend costs exactly one SYN.
inline constexpr Duration first_resend = std::chrono::seconds(1);
inline constexpr Duration one_syn_wait = std::chrono::milliseconds(950);

// How many SYNs the kernel may send, resends included, while we wait this long. Counts once a second, which
// is the most any kernel does; one that falls on the deadline itself may still leave.
inline constexpr unsigned syns_sent_within(Duration wait) {
  return 1 + static_cast<unsigned>(wait / first_resend);
}

// Names a probe in flight: whoever starts it chooses, and finds it again in the result.
using ProbeTicket = std::uint64_t;

// Why a port is in the plan.
enum class Role : std::uint8_t {
  service,   // 443, 3478, 5061: what an Edge offers the world; shows that the host lives
  cls,       // 50001-50003: the Centralised Logging Service agent
  control,   // outside 50000-59999: what the perimeter does with ports nobody allowed
  sample,    // inside 50000-59999: whether the range is passed
  boundary,  // inside it: where an opening begins or ends, or beside an open CLS port
};

enum class PortState : std::uint8_t {
  open,      // a SYN-ACK came
  closed,    // a RST came
  filtered,  // silence, or an ICMP error: something in the path said no
  unknown,   // we could not ask: our own failure, never the host's
};

enum class Reason : std::uint8_t {
  syn_ack,           // open
  conn_refused,      // closed: a RST
  no_response,       // filtered: silence until the deadline
  admin_prohibited,  // filtered: ICMP 3/9, 3/10, 3/13; ICMPv6 1/1, 1/5, 1/6
  host_unreach,      // filtered: ICMP 3/1, 3/7, 11/*; ICMPv6 1/3, 3/*
  net_unreach,       // filtered: ICMP 3/0, 3/6; ICMPv6 1/0
  port_unreach,      // filtered: ICMP 3/3 (iptables' default REJECT), 3/2; ICMPv6 1/4
  local_error,       // unknown: no descriptor, no local port, no route at home
  not_run,           // unknown: the run ended before this probe's turn
};

// An ICMP or ICMPv6 error that ended a probe. Type and code are the wire's; from is who sent it.
struct Icmp {
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  Address from;
  friend bool operator==(const Icmp&, const Icmp&) = default;
};

// What the peer of a full connection did in a short wait after the handshake.
enum class PeerAct : std::uint8_t { not_watched, idle, data, end_of_file, reset };

enum class Technique : std::uint8_t {
  half_open,     // learns "open" without completing the handshake where the kernel allows it
  full_connect,  // completes the handshake
  watch,         // completes it and watches what the peer does next (see PeerAct)
};

struct ProbeOutcome {
  PortState state = PortState::unknown;
  Reason reason = Reason::not_run;
  Duration rtt{};              // SYN to answer; zero without an answer
  std::optional<Icmp> icmp{};  // set when an ICMP error ended the probe
  PeerAct peer = PeerAct::not_watched;
  int error_number = 0;  // errno behind Reason::local_error, else 0

  // Somebody sent something back: SYN-ACK, RST or ICMP.
  bool answered() const { return state != PortState::unknown && reason != Reason::no_response; }
};

std::string_view to_string(Role role);
std::string_view to_string(PortState state);
std::string_view to_string(Reason reason);  // "syn-ack", "conn-refused", ...
std::string_view to_string(PeerAct act);    // "idle", "data", "end-of-file", "reset"
std::optional<Role> parse_role(std::string_view text);
std::optional<PortState> parse_port_state(std::string_view text);
std::optional<Reason> parse_reason(std::string_view text);
std::optional<PeerAct> parse_peer_act(std::string_view text);

// A router had no way: a hint, not a proof, for routes come back (RFC 1122, 3.2.2.1 and 4.2.3.9).
inline constexpr bool is_routing_error(Reason reason) {
  return reason == Reason::host_unreach || reason == Reason::net_unreach;
}

// The state and reason that an ICMP destination-unreachable or time-exceeded error stands for (RFC 792, RFC
// 1812 section 5.2.7.1, RFC 4443 section 3).
Reason reason_of_icmp(Family family, std::uint8_t type, std::uint8_t code);

}  // namespace edgesurvey
