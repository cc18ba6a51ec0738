#include "bench/bare_loop.hpp"

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace edgesurvey::bench {
namespace {

// So many are started before answers are looked at. Smaller and larger batches are no quicker.
constexpr std::size_t starts_per_look = 64;

int check(int result, const char* call) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), call);
  return result;
}

void start(int epoll, const Address& host, Port port) {
  const int socket = check(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  std::memcpy(&to.sin_addr, host.bytes().data(), sizeof to.sin_addr);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 && errno != EINPROGRESS)
    check(-1, "connect");
  epoll_event event{EPOLLOUT, {}};
  event.data.fd = socket;
  check(::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
}

bool finish(int socket) {
  int error = 0;
  socklen_t length = sizeof error;
  check(::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length), "getsockopt");
  const linger at_once{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(socket);
  return error == ECONNREFUSED;
}

}  // namespace

BareCount run_bare_loop(const std::vector<Address>& hosts, const std::vector<Port>& ports) {
  const int epoll = check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  std::array<epoll_event, 1024> events;
  const std::uint64_t total = std::uint64_t{hosts.size()} * ports.size();
  BareCount count;
  for (std::uint64_t ended = 0; ended < total;) {
    for (std::size_t i = 0; i < starts_per_look && count.probes < total; ++i, ++count.probes)
      start(epoll, hosts[count.probes % hosts.size()], ports[count.probes / hosts.size()]);
    const int taken =
        check(::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1), "epoll_wait");
    for (int i = 0; i < taken; ++i, ++ended)
      if (finish(events[static_cast<std::size_t>(i)].data.fd)) ++count.refused;
  }
  ::close(epoll);
  return count;
}

}  // namespace edgesurvey::bench
