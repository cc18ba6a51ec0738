#include "targets/dns/watched_sockets.hpp"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace edgesurvey {
namespace {

constexpr int datagrams_a_turn = 16;

bool is_shortage(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM || error == ENOSPC;
}

bool is_progress(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINPROGRESS || error == EINTR;
}

}  // namespace

const ares_socket_functions WatchedSockets::functions = {
    [](int family, int type, int protocol, void* self) {
      return static_cast<WatchedSockets*>(self)->open_socket(family, type, protocol);
    },
    [](ares_socket_t fd, void* self) { return static_cast<WatchedSockets*>(self)->close_socket(fd); },
    [](ares_socket_t fd, const sockaddr* address, ares_socklen_t length, void* self) {
      return static_cast<WatchedSockets*>(self)->connect(fd, address, length);
    },
    [](ares_socket_t fd, void* buffer, std::size_t size, int flags, sockaddr* from,
       ares_socklen_t* from_length, void* self) {
      return static_cast<WatchedSockets*>(self)->receive(fd, buffer, size, flags, from, from_length);
    },
    [](ares_socket_t fd, const iovec* parts, int count, void* self) {
      return static_cast<WatchedSockets*>(self)->send(fd, parts, count);
    },
};

WatchedSockets::WatchedSockets(boost::asio::io_context& context, Ready ready)
    : context_(context), ready_(std::move(ready)) {}

WatchedSockets::~WatchedSockets() {
  while (!sockets_.empty()) close_socket(sockets_.back()->descriptor.native_handle());
}

void WatchedSockets::attach(ares_channel channel) {
  ares_set_socket_functions(channel, &functions, this);
}

std::shared_ptr<WatchedSockets::Socket> WatchedSockets::find(ares_socket_t fd) const {
  const auto found = std::find_if(sockets_.begin(), sockets_.end(), [fd](const auto& socket) {
    return socket->descriptor.native_handle() == fd;
  });
  return found == sockets_.end() ? nullptr : *found;
}

void WatchedSockets::note_trouble(int error) {
  if (is_progress(error)) return;
  trouble_ = std::generic_category().message(error);
  short_of_resources_ = is_shortage(error);
}

ares_socket_t WatchedSockets::open_socket(int family, int type, int protocol) {
  const int fd = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
  if (fd < 0) {
    note_trouble(errno);
    return ARES_SOCKET_BAD;
  }
  auto socket = std::make_shared<Socket>(context_, type == SOCK_STREAM);
  boost::system::error_code error;
  socket->descriptor.assign(fd, error);
  if (error) {
    note_trouble(error.value());
    ::close(fd);
    return ARES_SOCKET_BAD;
  }
  // Only a truncated datagram makes c-ares open a stream: that datagram was a good one.
  if (socket->is_stream) heard_a_datagram_ = false;
  sockets_.push_back(std::move(socket));
  return fd;
}

int WatchedSockets::close_socket(ares_socket_t fd) {
  const auto socket = find(fd);
  if (!socket) return -1;
  sockets_.erase(std::find(sockets_.begin(), sockets_.end(), socket));
  socket->descriptor.release();
  return ::close(fd);
}

int WatchedSockets::connect(ares_socket_t fd, const sockaddr* address, ares_socklen_t length) {
  const int result = ::connect(fd, address, length);
  if (result < 0) {
    const int error = errno;
    note_trouble(error);
    errno = error;
  }
  return result;
}

ares_ssize_t WatchedSockets::receive(ares_socket_t fd, void* buffer, std::size_t size, int flags,
                                     sockaddr* from, ares_socklen_t* from_length) {
  const auto socket = find(fd);
  const bool is_stream = socket && socket->is_stream;
  if (!is_stream && datagrams_left_-- <= 0) {
    errno = EAGAIN;
    return -1;
  }
  const ares_ssize_t received = ::recvfrom(fd, buffer, size, flags, from, from_length);
  if (received < 0) {
    const int error = errno;
    note_trouble(error);
    errno = error;
    return received;
  }
  if (!is_stream) heard_a_datagram_ = true;
  if (received > 0) return received;
  if (is_stream) {
    trouble_ = "closed the connection before the answer";
    return received;
  }
  // An empty datagram is no end of file, as some releases of c-ares take it (CVE-2023-32067).
  errno = EAGAIN;
  return -1;
}

ares_ssize_t WatchedSockets::send(ares_socket_t fd, const iovec* parts, int count) {
  // msghdr wants it writable, but sendmsg only reads; and MSG_NOSIGNAL is why this is not writev.
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(parts);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  message.msg_iovlen = static_cast<decltype(message.msg_iovlen)>(count);
  const ares_ssize_t sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
  if (sent < 0) {
    const int error = errno;
    note_trouble(error);
    errno = error;
  }
  return sent;
}

void WatchedSockets::watch(ares_channel channel) {
  datagrams_left_ = datagrams_a_turn;
  std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> wanted{};
  const auto bits = static_cast<unsigned>(ares_getsock(channel, wanted.data(), ARES_GETSOCK_MAXNUM));
  for (unsigned i = 0; i < wanted.size(); ++i) {
    const bool readable = ARES_GETSOCK_READABLE(bits, i) != 0;
    const bool writable = ARES_GETSOCK_WRITABLE(bits, i) != 0;
    if (!readable && !writable) break;
    const auto socket = find(wanted[i]);
    if (socket && readable && !socket->reading) wait_readable(socket);
    if (socket && writable && !socket->writing) wait_writable(socket);
  }
}

// A handler that was already queued when its socket was released still comes, without an error: by then its
// Socket is gone, and its number may belong to another one. And ready_ may end this object.
void WatchedSockets::wait_readable(const std::shared_ptr<Socket>& socket) {
  socket->reading = true;
  socket->descriptor.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                                [this, weak = std::weak_ptr(socket)](const boost::system::error_code& error) {
                                  const auto alive = weak.lock();
                                  if (!alive || error) return;
                                  alive->reading = false;
                                  const Ready ready = ready_;
                                  ready(alive->descriptor.native_handle(), ARES_SOCKET_BAD);
                                });
}

void WatchedSockets::wait_writable(const std::shared_ptr<Socket>& socket) {
  socket->writing = true;
  socket->descriptor.async_wait(boost::asio::posix::stream_descriptor::wait_write,
                                [this, weak = std::weak_ptr(socket)](const boost::system::error_code& error) {
                                  const auto alive = weak.lock();
                                  if (!alive || error) return;
                                  alive->writing = false;
                                  const Ready ready = ready_;
                                  ready(ARES_SOCKET_BAD, alive->descriptor.native_handle());
                                });
}

}  // namespace edgesurvey
