// One question to one server: a c-ares channel of its own, for c-ares 1.18 can cancel only whole channels,
// keeps quiet about which server failed how, and would ask many questions from one source port.
#pragma once

#include <ares.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "targets/address.hpp"
#include "targets/dns/resolver_options.hpp"
#include "targets/dns/watched_sockets.hpp"

namespace edgesurvey {

class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  enum class Outcome : std::uint8_t {
    answered,            // message holds the answer, whatever its RCODE
    silent,              // nothing in time
    unreadable,          // something in time, but no answer to the question
    failed,              // trouble says how: refused, unreachable, closed, ...
    short_of_resources,  // our own failure: trouble says of what
    not_for_dns,         // a name that c-ares never asks for (.onion, RFC 7686)
  };
  struct Result {
    Outcome outcome = Outcome::failed;
    std::vector<std::uint8_t> message;
    std::string trouble;
  };
  using Done = std::function<void(Result)>;

  // Held by a shared_ptr; letting go of it ends the exchange, and done is not called.
  // Throws std::runtime_error when c-ares has no memory.
  Exchange(boost::asio::io_context& context, const NameServer& server, std::chrono::milliseconds timeout,
           Done done);
  ~Exchange();

  // done is called once, later, from the io_context.
  void start(const std::string& name, Family family);

 private:
  struct DestroyChannel {
    void operator()(ares_channel channel) const { ares_destroy(channel); }
  };
  using Channel = std::unique_ptr<std::remove_pointer_t<ares_channel>, DestroyChannel>;

  static void on_end(void* self, int status, int timeouts, unsigned char* message, int length);
  Result ended(int status, const unsigned char* message, int length) const;
  void process(ares_socket_t readable, ares_socket_t writable);
  void go_on();
  void arm_timer();

  boost::asio::steady_timer timer_;
  Done done_;
  bool has_ended_ = false;
  Result result_;
  WatchedSockets sockets_;
  Channel channel_;  // after sockets_: it closes them when it goes
};

}  // namespace edgesurvey
