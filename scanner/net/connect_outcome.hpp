// What the kernel's answers mean for a probe: the one place where errno becomes nmap's words.
#pragma once

#include "scanner/probe.hpp"

namespace edgesurvey {

ProbeOutcome open_outcome(Duration rtt, PeerAct peer = PeerAct::not_watched);

// Silence until the deadline.
ProbeOutcome silent_outcome();

// An ICMP error answered the SYN.
ProbeOutcome icmp_outcome(const Icmp& icmp, Duration rtt);

// We could not ask; error_number says why.
ProbeOutcome local_error_outcome(int error_number);

// What SO_ERROR says when no ICMP error was recorded. Where the kernel records none (before 5.9) an ICMP
// error is known by its errno alone, and its port-unreachable cannot be told from a RST.
ProbeOutcome socket_error_outcome(int error_number, Duration rtt);

}  // namespace edgesurvey
