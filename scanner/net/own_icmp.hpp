// ICMP errors that this machine sent to itself: its own firewall refused, or its gateway is gone. They say
// nothing of the host that was asked.
#pragma once

#include <optional>

#include "scanner/net/socket_address.hpp"
#include "scanner/probe.hpp"

namespace edgesurvey {

// The errno that stands for an ICMP error of our own making; nullopt where somebody else sent it. A neighbour
// on our own network that does not answer is the host's absence, though our kernel says so: only where the
// way leads through a gateway is a missing neighbour our failure. `socket` is the one the error came to.
std::optional<int> own_icmp_error(const Icmp& icmp, int socket, const Address& peer);

}  // namespace edgesurvey
