#include "scanner/net/own_icmp.hpp"

#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <span>

#include "system/file_descriptor.hpp"

namespace edgesurvey {
namespace {

// RTM_GETROUTE for one destination (rtnetlink(7)).
struct RouteQuestion {
  nlmsghdr header{};
  rtmsg route{};
  rtattr attribute{};
  std::array<std::byte, sizeof(in6_addr)> destination{};
};

RouteQuestion route_question(const Address& address) {
  const SocketAddress target = to_socket_address({address, 0});
  RouteQuestion question;
  std::size_t length = sizeof(in_addr);
  if (address.family() == Family::ipv4) {
    std::memcpy(question.destination.data(), &reinterpret_cast<const sockaddr_in*>(target.raw())->sin_addr,
                length);
  } else {
    length = sizeof(in6_addr);
    std::memcpy(question.destination.data(), &reinterpret_cast<const sockaddr_in6*>(target.raw())->sin6_addr,
                length);
  }
  question.header.nlmsg_type = RTM_GETROUTE;
  question.header.nlmsg_flags = NLM_F_REQUEST;
  question.header.nlmsg_len = static_cast<std::uint32_t>(offsetof(RouteQuestion, destination) + length);
  question.route.rtm_family = static_cast<unsigned char>(target.raw()->sa_family);
  question.route.rtm_dst_len = static_cast<unsigned char>(8 * length);
  question.attribute.rta_type = RTA_DST;
  question.attribute.rta_len = static_cast<unsigned short>(sizeof(rtattr) + length);
  return question;
}

// Whether an RTM_NEWROUTE message has a gateway among its attributes. The kernel's macros for this walk are C
// that our warnings refuse.
bool names_a_gateway(std::span<const std::byte> message) {
  constexpr std::size_t aligned_to = 4;
  nlmsghdr header{};
  if (message.size() < sizeof header) return false;
  std::memcpy(&header, message.data(), sizeof header);
  if (header.nlmsg_type != RTM_NEWROUTE) return false;
  std::size_t at = sizeof(nlmsghdr) + sizeof(rtmsg);
  for (rtattr attribute{}; at + sizeof attribute <= message.size();) {
    std::memcpy(&attribute, message.data() + at, sizeof attribute);
    if (attribute.rta_type == RTA_GATEWAY || attribute.rta_type == RTA_VIA) return true;
    if (attribute.rta_len < sizeof attribute) return false;
    at += (attribute.rta_len + aligned_to - 1) / aligned_to * aligned_to;
  }
  return false;
}

// False also where the kernel does not say.
bool leads_through_gateway(const Address& address) {
  const FileDescriptor netlink(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  if (!netlink) return false;
  const RouteQuestion question = route_question(address);
  if (::send(netlink.get(), &question, question.header.nlmsg_len, 0) < 0) return false;
  std::array<std::byte, 4096> answer{};
  const ssize_t received = ::recv(netlink.get(), answer.data(), answer.size(), 0);
  return received > 0 && names_a_gateway(std::span(answer).first(static_cast<std::size_t>(received)));
}

}  // namespace

std::optional<int> own_icmp_error(const Icmp& icmp, int socket, const Address& peer) {
  const auto local = local_endpoint(socket);
  if (!local || icmp.from != local->address || icmp.from == peer) return std::nullopt;
  switch (reason_of_icmp(icmp.from.family(), icmp.type, icmp.code)) {
    case Reason::host_unreach:
      return leads_through_gateway(peer) ? std::optional(EHOSTUNREACH) : std::nullopt;
    case Reason::net_unreach:
      return ENETUNREACH;
    case Reason::port_unreach:
      return ECONNREFUSED;
    default:
      return EACCES;
  }
}

}  // namespace edgesurvey
