#include "scanner/net/icmp_errors.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
// linux/errqueue.h uses timespec without naming it: after ctime
#include <linux/errqueue.h>
#include <ctime>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "scanner/net/socket_address.hpp"

namespace edgesurvey {
namespace {

// The kernel appends the sender's address to the fixed part (SO_EE_OFFENDER).
struct ReportedError {
  sock_extended_err error;
  sockaddr_in6 sender;
};

bool carries_error(const cmsghdr& header) {
  return (header.cmsg_level == IPPROTO_IP && header.cmsg_type == IP_RECVERR) ||
         (header.cmsg_level == IPPROTO_IPV6 && header.cmsg_type == IPV6_RECVERR);
}

bool is_icmp(const sock_extended_err& error) {
  return error.ee_origin == SO_EE_ORIGIN_ICMP || error.ee_origin == SO_EE_ORIGIN_ICMP6;
}

std::optional<Icmp> read_error(const cmsghdr& header) {
  const std::size_t size = header.cmsg_len - CMSG_LEN(0);
  if (size < sizeof(sock_extended_err)) return std::nullopt;
  ReportedError reported{};
  std::memcpy(&reported, CMSG_DATA(&header), std::min(size, sizeof reported));
  if (!is_icmp(reported.error)) return std::nullopt;

  Icmp icmp{reported.error.ee_type, reported.error.ee_code, {}};
  const auto* sender = reinterpret_cast<const sockaddr*>(&reported.sender);
  if (const auto from = from_socket_address(sender, sizeof reported.sender)) icmp.from = from->address;
  return icmp;
}

std::optional<Icmp> find_error(msghdr& message) {
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
    if (!carries_error(*header)) continue;
    if (auto icmp = read_error(*header)) return icmp;
  }
  return std::nullopt;
}

}  // namespace

bool request_icmp_errors(int socket, Family family) {
  const int on = 1;
  const bool v4 = family == Family::ipv4;
  return ::setsockopt(socket, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_RECVERR : IPV6_RECVERR, &on,
                      sizeof on) == 0;
}

std::optional<Icmp> take_icmp_error(int socket) {
  alignas(cmsghdr) std::array<std::byte, 256> control;
  for (;;) {
    msghdr message{};  // no iovec: the quoted packet is not wanted
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) return std::nullopt;
    if (auto icmp = find_error(message)) return icmp;
  }
}

}  // namespace edgesurvey
