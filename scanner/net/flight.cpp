#include "scanner/net/flight.hpp"

#include <cerrno>

#include "scanner/net/connect_outcome.hpp"
#include "scanner/net/icmp_errors.hpp"
#include "scanner/net/own_icmp.hpp"
#include "scanner/net/probe_socket.hpp"

namespace edgesurvey {
namespace {

PeerAct last_act(int socket, int error) {
  if (take_peer_act(socket) == PeerAct::data) return PeerAct::data;
  return error == EPIPE ? PeerAct::end_of_file : PeerAct::reset;
}

}  // namespace

Duration unambiguous(Duration elapsed) {
  return elapsed < first_resend ? elapsed : Duration::zero();
}

std::optional<ProbeOutcome> take_icmp_outcome(const Flight& flight, Duration rtt) {
  const auto icmp = take_icmp_error(flight.socket.get());
  if (!icmp) return std::nullopt;
  const auto ours = own_icmp_error(*icmp, flight.socket.get(), flight.request.address);
  return ours ? local_error_outcome(*ours) : icmp_outcome(*icmp, rtt);
}

ProbeOutcome error_outcome(const Flight& flight, int error, Duration rtt) {
  ProbeOutcome outcome = socket_error_outcome(error, rtt);
  if (outcome.state == PortState::open && flight.request.technique == Technique::watch)
    outcome.peer = last_act(flight.socket.get(), error);
  return outcome;
}

}  // namespace edgesurvey
