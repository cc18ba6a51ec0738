#include "scanner/net/probe_socket.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>

namespace edgesurvey {

FileDescriptor open_probe_socket(Family family) {
  const int domain = family == Family::ipv4 ? AF_INET : AF_INET6;
  return FileDescriptor(::socket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
}

void hold_back_last_ack(int socket) {
  const int seconds = 1;  // any positive value: the client's kernel only asks whether it is set
  ::setsockopt(socket, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds);
}

// The shortest schedule of any kernel is one resend a second (tcp_syn_linear_timeouts, Linux 6.5).
Duration own_patience(unsigned system_resends) {
  return std::chrono::seconds(system_resends + 1);
}

void keep_trying(int socket, Duration timeout, unsigned system_resends) {
  if (timeout <= own_patience(system_resends)) return;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(timeout).count();
  const int resends = static_cast<int>(std::min<std::int64_t>(seconds, 127));  // MAX_TCP_SYNCNT
  ::setsockopt(socket, IPPROTO_TCP, TCP_SYNCNT, &resends, sizeof resends);
}

int send_syn(int socket, const Endpoint& peer) {
  const SocketAddress address = to_socket_address(peer);
  if (::connect(socket, address.raw(), address.length) == 0 || errno == EINPROGRESS) return 0;
  return errno;
}

void close_with_reset(FileDescriptor socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

int take_socket_error(int socket) {
  int error = 0;
  socklen_t length = sizeof error;
  return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 ? error : errno;
}

int take_error_and_renew(int socket, const Endpoint& peer) {
  return send_syn(socket, peer);
}

bool connected_to_itself(int socket, const Endpoint& peer) {
  return local_endpoint(socket) == peer;
}

std::optional<Duration> kernel_rtt(int socket) {
  tcp_info info{};
  socklen_t length = sizeof info;
  if (::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 || info.tcpi_rtt == 0)
    return std::nullopt;
  return std::chrono::microseconds(info.tcpi_rtt);
}

std::optional<PeerAct> take_peer_act(int socket) {
  std::array<char, 512> dropped;
  const ssize_t received = ::recv(socket, dropped.data(), dropped.size(), MSG_DONTWAIT);
  if (received > 0) return PeerAct::data;
  if (received == 0) return PeerAct::end_of_file;
  if (errno == EAGAIN || errno == EINTR) return std::nullopt;
  return PeerAct::reset;
}

}  // namespace edgesurvey
