// Address and port as the kernel takes and gives them.
#pragma once

#include <sys/socket.h>

#include <optional>

#include "targets/address.hpp"
#include "targets/port_set.hpp"

namespace edgesurvey {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = sizeof(sockaddr_storage);

  // For handing to the kernel, which reads and writes every family through this one type.
  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

struct Endpoint {
  Address address;
  Port port = 0;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

SocketAddress to_socket_address(const Endpoint& endpoint);

// nullopt for a family that is neither IPv4 nor IPv6, or a length too short for its family.
std::optional<Endpoint> from_socket_address(const sockaddr* raw, socklen_t length);

// Where a socket is bound, by getsockname(2).
std::optional<Endpoint> local_endpoint(int socket);

}  // namespace edgesurvey
