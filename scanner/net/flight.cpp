#include "scanner/net/flight.hpp"

#include <algorithm>
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

std::optional<ProbeOutcome> send_first_syn(Flight& flight, unsigned system_resends) {
  const ConnectRequest& request = flight.request;
  const int socket = flight.socket.get();
  request_icmp_errors(socket, request.address.family());
  if (request.technique == Technique::half_open) hold_back_last_ack(socket);
  keep_trying(socket, request.timeout, system_resends);

  flight.sent = std::chrono::steady_clock::now();
  const int error = send_syn(socket, flight.peer());
  if (error == 0) return std::nullopt;
  if (error != ECONNREFUSED) return local_error_outcome(error);
  // Some kernels know a loopback port's answer before connect() returns.
  const Duration rtt = std::chrono::steady_clock::now() - flight.sent;
  const auto refused = take_icmp_outcome(flight, rtt);
  return refused ? *refused : socket_error_outcome(error, rtt);
}

Time before_next_syn(const Flight& flight, Time now) {
  const Time sent{std::chrono::duration_cast<Duration>(flight.sent.time_since_epoch())};
  const Time resent = sent + ((now - sent) / first_resend + 1) * first_resend;
  return std::max(now, resent - (first_resend - one_syn_wait));
}

Duration unambiguous(Duration elapsed) {
  return elapsed < first_resend ? elapsed : Duration::zero();
}

Duration handshake_rtt(const Flight& flight, Duration elapsed) {
  return elapsed < first_resend ? elapsed : kernel_rtt(flight.socket.get()).value_or(Duration::zero());
}

ProbeOutcome outcome_at_deadline(const Flight& flight) {
  const bool watched = flight.phase == Flight::Phase::watching;
  return watched ? open_outcome(flight.rtt, PeerAct::idle) : silent_outcome();
}

ProbeOutcome outcome_if_abandoned(const Flight& flight) {
  return flight.phase == Flight::Phase::watching ? open_outcome(flight.rtt) : ProbeOutcome{};
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
