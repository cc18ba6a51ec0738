// Ports of 127.0.0.0/8 and ::1 in each of a port's states, held as long as the object lives. No packet of
// theirs leaves the machine.
#pragma once

#include <sys/socket.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "scanner/net/socket_address.hpp"
#include "system/file_descriptor.hpp"

namespace edgesurvey::test {

inline const Address& loopback_v4() {
  static const Address address = Address::v4({127, 0, 0, 1});
  return address;
}

inline const Address& loopback_v6() {
  static const Address address = Address::parse("::1").value();
  return address;
}

inline int check(int result, const char* call) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), call);
  return result;
}

// Port 0 asks the kernel for a free one.
class BoundPort {
 public:
  explicit BoundPort(const Address& address, Port port = 0) : socket_(open_socket(address)) {
    const int on = 1;
    check(::setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
    const SocketAddress wanted = to_socket_address({address, port});
    check(::bind(socket_.get(), wanted.raw(), wanted.length), "bind");
    endpoint_ = local_endpoint(socket_.get()).value();
  }

  const Address& address() const { return endpoint_.address; }
  Port port() const { return endpoint_.port; }
  int socket() const { return socket_.get(); }

 private:
  static FileDescriptor open_socket(const Address& address) {
    const int domain = address.is_v4() ? AF_INET : AF_INET6;
    return FileDescriptor(check(::socket(domain, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket"));
  }

  FileDescriptor socket_;
  Endpoint endpoint_;
};

// Bound and not listening: a SYN gets a RST, and nobody else can take the port.
class ClosedPort : public BoundPort {
 public:
  using BoundPort::BoundPort;
};

class OpenPort : public BoundPort {
 public:
  explicit OpenPort(const Address& address, Port port = 0) : BoundPort(address, port) {
    check(::listen(socket(), SOMAXCONN), "listen");
  }

  // The next accepted connection; empty, with errno set, when there is none.
  FileDescriptor accept() const {
    return FileDescriptor(::accept4(socket(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  }
};

// Listens with its accept queue full: a SYN gets no answer at all, as from a firewall that drops.
class SilentPort : public BoundPort {
 public:
  explicit SilentPort(const Address& address, Port port = 0) : BoundPort(address, port) {
    check(::listen(socket(), 0), "listen");
    fill_queue();
  }

  // Makes room for one connection: the next SYN is answered.
  void make_room() const {
    FileDescriptor(check(::accept4(socket(), nullptr, nullptr, SOCK_CLOEXEC), "accept"));
  }

 private:
  // The queue holds one connection more than its length of 0.
  void fill_queue() {
    const SocketAddress self = to_socket_address({address(), this->port()});
    FileDescriptor caller(check(::socket(self.raw()->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
    check(::connect(caller.get(), self.raw(), self.length), "connect");
    caller_ = std::move(caller);
  }

  FileDescriptor caller_;
};

}  // namespace edgesurvey::test
