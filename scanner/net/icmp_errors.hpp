// What a socket's error queue knows: the ICMP error behind an errno, with its type, its code and its sender.
// Linux 5.9 and later hand it to an unprivileged TCP socket (ip(7), IP_RECVERR).
#pragma once

#include <optional>

#include "scanner/probe.hpp"

namespace edgesurvey {

// Asks for the error queue. Before connect(), or the answer to the SYN is not recorded. False where the
// kernel refuses: ICMP errors are then known by their errno only.
bool request_icmp_errors(int socket, Family family);

// Takes the first ICMP error off the queue; nullopt when there is none. Taking the last one also clears
// SO_ERROR, so this comes before SO_ERROR is read.
std::optional<Icmp> take_icmp_error(int socket);

}  // namespace edgesurvey
