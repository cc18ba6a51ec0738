// The sockets of one c-ares channel: opened and read by our own functions, so that the errno of what goes
// wrong is known (c-ares calls every trouble "connection refused"), and watched by the io_context.
//
// Danger: Asio must never close a descriptor that c-ares holds, and c-ares must never close one that Asio
// still watches. Hence the one order, in close_socket(): Asio releases, then the descriptor is closed.
#pragma once

#include <ares.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace edgesurvey {

class WatchedSockets {
 public:
  // Called from the io_context when a socket is ready: one of the two is the socket, the other
  // ARES_SOCKET_BAD.
  using Ready = std::function<void(ares_socket_t readable, ares_socket_t writable)>;

  // Must outlive the channel it is attached to.
  WatchedSockets(boost::asio::io_context& context, Ready ready);
  ~WatchedSockets();
  WatchedSockets(const WatchedSockets&) = delete;
  WatchedSockets& operator=(const WatchedSockets&) = delete;

  void attach(ares_channel channel);
  // Waits for what c-ares wants now. To be called after every call into c-ares; then reading may go on, too:
  // a turn takes a bounded number of datagrams, so that a flood cannot hold the io_context.
  void watch(ares_channel channel);

  // The last thing that went wrong, in words; empty if nothing did.
  const std::string& trouble() const { return trouble_; }
  // We ourselves are short of descriptors or memory: nothing was learned about the server.
  bool short_of_resources() const { return short_of_resources_; }
  // A datagram came, and was no reason to go on by TCP.
  bool heard_a_datagram() const { return heard_a_datagram_; }

 private:
  struct Socket {
    Socket(boost::asio::io_context& context, bool stream) : descriptor(context), is_stream(stream) {}
    boost::asio::posix::stream_descriptor descriptor;
    bool is_stream;
    bool reading = false;
    bool writing = false;
  };
  static const ares_socket_functions functions;

  ares_socket_t open_socket(int family, int type, int protocol);
  int close_socket(ares_socket_t fd);
  int connect(ares_socket_t fd, const sockaddr* address, ares_socklen_t length);
  ares_ssize_t receive(ares_socket_t fd, void* buffer, std::size_t size, int flags, sockaddr* from,
                       ares_socklen_t* from_length);
  ares_ssize_t send(ares_socket_t fd, const iovec* parts, int count);

  void wait_readable(const std::shared_ptr<Socket>& socket);
  void wait_writable(const std::shared_ptr<Socket>& socket);
  std::shared_ptr<Socket> find(ares_socket_t fd) const;
  void note_trouble(int error);

  boost::asio::io_context& context_;
  Ready ready_;
  std::vector<std::shared_ptr<Socket>> sockets_;
  std::string trouble_;
  bool short_of_resources_ = false;
  bool heard_a_datagram_ = false;
  int datagrams_left_ = 0;
};

}  // namespace edgesurvey
