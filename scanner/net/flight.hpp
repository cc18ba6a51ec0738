// A probe on its way: its socket, what makes its SYN leave, and what it means when it ends.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "scanner/net/connect.hpp"
#include "scanner/net/socket_address.hpp"
#include "system/file_descriptor.hpp"

namespace edgesurvey {

struct Flight {
  enum class Phase : std::uint8_t { connecting, watching, reusable };

  ConnectRequest request;
  FileDescriptor socket;
  std::chrono::steady_clock::time_point sent;
  Duration rtt{};  // watching: of the handshake
  Phase phase = Phase::connecting;
  bool met_itself = false;  // an attempt before this one was a self-connect

  Endpoint peer() const { return {request.address, request.port}; }
};

// Sets the socket's options and sends the SYN. How the probe ended, where it did so at once.
std::optional<ProbeOutcome> send_first_syn(Flight& flight, unsigned system_resends);

// When to end it so that its next SYN does not leave. Precondition: it is connecting.
Time before_next_syn(const Flight& flight, Time now);

// Zero where the answer may be to a resent SYN (Karn's rule), which never leaves before first_resend.
Duration unambiguous(Duration elapsed);
// Of a handshake: the kernel may know which SYN was answered.
Duration handshake_rtt(const Flight& flight, Duration elapsed);

// What it means that the deadline came, and what that the probe is abandoned before it: one whose handshake
// is over has had its answer, only the watch is cut short.
ProbeOutcome outcome_at_deadline(const Flight& flight);
ProbeOutcome outcome_if_abandoned(const Flight& flight);

// The ICMP error that came, which reading takes from the socket; nullopt when none did. One that this machine
// sent itself is our own failure.
std::optional<ProbeOutcome> take_icmp_outcome(const Flight& flight, Duration rtt);

// What an error means that no ICMP error explains. Of a watched port that was reset before we looked, what
// the peer did first is still read.
ProbeOutcome error_outcome(const Flight& flight, int error, Duration rtt);

}  // namespace edgesurvey
