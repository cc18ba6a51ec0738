// The socket of a probe: the options that must be set before its SYN leaves, and what is asked of it after.
#pragma once

#include <cstddef>
#include <optional>

#include "scanner/net/socket_address.hpp"
#include "scanner/probe.hpp"
#include "system/file_descriptor.hpp"

namespace edgesurvey {

// A non-blocking TCP socket; empty, with errno set, when there is none to be had.
FileDescriptor open_probe_socket(Family family);

// Holds back the ACK that completes the handshake (TCP_DEFER_ACCEPT, which Linux honours on the client too),
// so that the peer's accept() never sees us. Without the kernel's help the handshake completes, which the
// peer may log but which answers the same question.
void hold_back_last_ack(int socket);

// How long the system's own number of resends lasts, on any kernel.
Duration own_patience(unsigned system_resends);

// Lets the kernel resend the SYN until `timeout` where the system's own number of resends would give up
// sooner.
void keep_trying(int socket, Duration timeout, unsigned system_resends);

// Sends the SYN. 0 when it is on its way, else errno.
int send_syn(int socket, const Endpoint& peer);

// Ends an established connection with a RST and leaves no TIME_WAIT behind: a survey's worth of those would
// use up our own ports.
void close_with_reset(FileDescriptor socket);

// SO_ERROR, which reading clears.
int take_socket_error(int socket);

// The error that ended the socket's connect(), and the socket is as new: unbound, its options kept, fit for
// another connect(). Precondition: epoll says EPOLLHUP. One call for SO_ERROR, close() and socket(): in Linux
// a connect() after one that failed returns why it did, and disconnects (net/ipv4/af_inet.c,
// __inet_stream_connect). Data that the peer sent before it took an established connection back is dropped.
// The next SYN's sequence number is a few above the last one's, while its source port is drawn anew: who was
// asked last needs to guess only that port to forge an answer of whoever is asked next (RFC 6528 is about
// such).
int take_error_and_renew(int socket, const Endpoint& peer);

// True when the socket is connected to itself: nobody listens there, but the kernel chose the probed port
// of a local address as our own end.
bool connected_to_itself(int socket, const Endpoint& peer);

// The kernel's own round-trip time of the SYN that was answered, when it knows which one that was.
std::optional<Duration> kernel_rtt(int socket);

// What an established peer has done so far; nullopt when nothing. Data is read up to a small bound and
// dropped.
std::optional<PeerAct> take_peer_act(int socket);

}  // namespace edgesurvey
