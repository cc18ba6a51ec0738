#include "scanner/net/socket_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace edgesurvey {
namespace {

SocketAddress to_ipv4(const Endpoint& endpoint) {
  sockaddr_in in{};
  in.sin_family = AF_INET;
  in.sin_port = htons(endpoint.port);
  std::memcpy(&in.sin_addr, endpoint.address.bytes().data(), sizeof in.sin_addr);
  SocketAddress result;
  std::memcpy(&result.storage, &in, sizeof in);
  result.length = sizeof in;
  return result;
}

SocketAddress to_ipv6(const Endpoint& endpoint) {
  sockaddr_in6 in{};
  in.sin6_family = AF_INET6;
  in.sin6_port = htons(endpoint.port);
  std::memcpy(&in.sin6_addr, endpoint.address.bytes().data(), sizeof in.sin6_addr);
  SocketAddress result;
  std::memcpy(&result.storage, &in, sizeof in);
  result.length = sizeof in;
  return result;
}

Endpoint from_ipv4(const sockaddr* raw) {
  sockaddr_in in;
  std::memcpy(&in, raw, sizeof in);
  std::array<std::uint8_t, 4> bytes;
  std::memcpy(bytes.data(), &in.sin_addr, bytes.size());
  return {Address::v4(bytes), ntohs(in.sin_port)};
}

Endpoint from_ipv6(const sockaddr* raw) {
  sockaddr_in6 in;
  std::memcpy(&in, raw, sizeof in);
  Address::Bytes bytes;
  std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  return {Address::v6(bytes), ntohs(in.sin6_port)};
}

}  // namespace

SocketAddress to_socket_address(const Endpoint& endpoint) {
  return endpoint.address.is_v4() ? to_ipv4(endpoint) : to_ipv6(endpoint);
}

std::optional<Endpoint> from_socket_address(const sockaddr* raw, socklen_t length) {
  if (length >= sizeof(sockaddr_in) && raw->sa_family == AF_INET) return from_ipv4(raw);
  if (length >= sizeof(sockaddr_in6) && raw->sa_family == AF_INET6) return from_ipv6(raw);
  return std::nullopt;
}

std::optional<Endpoint> local_endpoint(int socket) {
  SocketAddress address;
  if (::getsockname(socket, address.raw(), &address.length) != 0) return std::nullopt;
  return from_socket_address(address.raw(), address.length);
}

}  // namespace edgesurvey
