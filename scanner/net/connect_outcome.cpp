#include "scanner/net/connect_outcome.hpp"

#include <cerrno>

namespace edgesurvey {
namespace {

ProbeOutcome outcome(PortState state, Reason reason, Duration rtt) {
  ProbeOutcome result;
  result.state = state;
  result.reason = reason;
  result.rtt = rtt;
  return result;
}

}  // namespace

ProbeOutcome open_outcome(Duration rtt, PeerAct peer) {
  ProbeOutcome result = outcome(PortState::open, Reason::syn_ack, rtt);
  result.peer = peer;
  return result;
}

ProbeOutcome silent_outcome() {
  return outcome(PortState::filtered, Reason::no_response, Duration::zero());
}

ProbeOutcome icmp_outcome(const Icmp& icmp, Duration rtt) {
  const Reason reason = reason_of_icmp(icmp.from.family(), icmp.type, icmp.code);
  ProbeOutcome result = outcome(PortState::filtered, reason, rtt);
  result.icmp = icmp;
  return result;
}

ProbeOutcome local_error_outcome(int error_number) {
  ProbeOutcome result = outcome(PortState::unknown, Reason::local_error, Duration::zero());
  result.error_number = error_number;
  return result;
}

ProbeOutcome socket_error_outcome(int error_number, Duration rtt) {
  switch (error_number) {
    case ECONNREFUSED:
      return outcome(PortState::closed, Reason::conn_refused, rtt);
    // Linux says ECONNREFUSED for a RST that answers a SYN. These two come only after a SYN-ACK: the peer
    // accepted and took it back, before or after sending a FIN.
    case ECONNRESET:
    case EPIPE:
      return open_outcome(rtt);
    case ETIMEDOUT:
      return silent_outcome();
    case EHOSTUNREACH:
      return outcome(PortState::filtered, Reason::host_unreach, rtt);
    case ENETUNREACH:
      return outcome(PortState::filtered, Reason::net_unreach, rtt);
    case EACCES:
      return outcome(PortState::filtered, Reason::admin_prohibited, rtt);
    case ENOPROTOOPT:
      return outcome(PortState::filtered, Reason::port_unreach, rtt);
    default:
      return local_error_outcome(error_number);
  }
}

}  // namespace edgesurvey
