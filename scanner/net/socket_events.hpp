// What the kernel tells of the sockets in flight: a private epoll descriptor.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "scanner/net/slot_table.hpp"
#include "system/file_descriptor.hpp"

namespace edgesurvey {

struct SocketEvent {
  SlotKey key;
  bool failed = false;    // EPOLLERR or EPOLLHUP
  bool hung_up = false;   // EPOLLHUP
  bool writable = false;  // EPOLLOUT
};

class SocketEvents {
 public:
  using Clock = std::chrono::steady_clock;

  // What one take() gives at most, so that a flood of answers cannot hold up the engine's other business.
  static constexpr std::size_t max_at_once = 1024;

  // Throws std::system_error when epoll cannot be had.
  SocketEvents();

  // Watches a socket until it is closed; the key comes back with its events. False, with errno set, when the
  // kernel refuses.
  bool watch_connect(int socket, SlotKey key);
  // From now on the socket, watched already, is watched for what its peer does.
  bool watch_peer(int socket, SlotKey key);

  // What has happened, without waiting; overwritten by the next take().
  const std::vector<SocketEvent>& take();
  // When those of the last take() were there: an answer's RTT ends here.
  Clock::time_point taken_at() const { return taken_at_; }
  // Readable when take() would give something.
  int descriptor() const { return epoll_.get(); }

 private:
  FileDescriptor epoll_;
  std::vector<SocketEvent> taken_;
  Clock::time_point taken_at_;
};

}  // namespace edgesurvey
