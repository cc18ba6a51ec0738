#include "scanner/net/socket_events.hpp"

#include <sys/epoll.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace edgesurvey {
namespace {

bool control(int epoll, int operation, int socket, std::uint32_t events, SlotKey key) {
  epoll_event event{events, {}};
  event.data.u64 = key.packed();
  return ::epoll_ctl(epoll, operation, socket, &event) == 0;
}

}  // namespace

SocketEvents::SocketEvents() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (!epoll_) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  taken_.reserve(max_at_once);
}

// Edge-triggered: a reusable socket is ready all the time.
bool SocketEvents::watch_connect(int socket, SlotKey key) {
  return control(epoll_.get(), EPOLL_CTL_ADD, socket, EPOLLOUT | EPOLLET, key);
}

bool SocketEvents::watch_peer(int socket, SlotKey key) {
  return control(epoll_.get(), EPOLL_CTL_MOD, socket, EPOLLIN | EPOLLRDHUP, key);
}

const std::vector<SocketEvent>& SocketEvents::take() {
  std::array<epoll_event, max_at_once> events;
  const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), 0);
  taken_.clear();
  if (count <= 0) return taken_;
  taken_at_ = Clock::now();
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const std::uint32_t what = events[i].events;
    taken_.push_back({.key = SlotKey::unpacked(events[i].data.u64),
                      .failed = (what & (EPOLLERR | EPOLLHUP)) != 0,
                      .hung_up = (what & EPOLLHUP) != 0,
                      .writable = (what & EPOLLOUT) != 0});
  }
  return taken_;
}

}  // namespace edgesurvey
