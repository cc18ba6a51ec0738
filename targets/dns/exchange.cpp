#include "targets/dns/exchange.hpp"

#include <arpa/nameser.h>
#include <sys/time.h>

#include <boost/asio/post.hpp>
#include <cstring>
#include <utility>

#include "targets/dns/ares_library.hpp"

namespace edgesurvey {
namespace {

// Everything c-ares would otherwise read from resolv.conf, the environment or the host's name is given here.
ares_channel open_channel(std::chrono::milliseconds timeout) {
  char lookups[] = "b";
  ares_options options{};
  // Without NOCHECKRESP, c-ares turns SERVFAIL and REFUSED into "connection refused".
  options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP;
  options.timeout = static_cast<int>(timeout.count());
  options.tries = 1;
  options.ndots = 1;
  options.lookups = lookups;
  const int given = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS | ARES_OPT_LOOKUPS |
                    ARES_OPT_SERVERS | ARES_OPT_DOMAINS | ARES_OPT_SORTLIST | ARES_OPT_NOROTATE;
  ares_channel channel = nullptr;
  require_ares(ares_init_options(&channel, &options, given));
  return channel;
}

void set_server(ares_channel channel, const NameServer& server) {
  ares_addr_port_node node{};
  const auto& bytes = server.address.bytes();
  node.family = server.address.is_v4() ? AF_INET : AF_INET6;
  std::memcpy(&node.addr, bytes.data(), server.address.is_v4() ? 4 : bytes.size());
  node.udp_port = server.port;
  node.tcp_port = server.port;
  require_ares(ares_set_servers_ports(channel, &node));
}

}  // namespace

Exchange::Exchange(boost::asio::io_context& context, const NameServer& server,
                   std::chrono::milliseconds timeout, Done done)
    : timer_(context),
      done_(std::move(done)),
      sockets_(context,
               [this](ares_socket_t readable, ares_socket_t writable) {
                 const auto self = shared_from_this();  // what process() ends up calling may let go of us
                 process(readable, writable);
               }),
      channel_(open_channel(timeout)) {
  set_server(channel_.get(), server);
  sockets_.attach(channel_.get());
}

Exchange::~Exchange() = default;

void Exchange::start(const std::string& name, Family family) {
  const auto begin = [weak = weak_from_this(), name, family] {
    const auto self = weak.lock();
    if (!self) return;
    // The final dot makes the name absolute for every release of c-ares.
    ares_query(self->channel_.get(), (name + ".").c_str(), ns_c_in,
               family == Family::ipv4 ? ns_t_a : ns_t_aaaa, &Exchange::on_end, self.get());
    self->go_on();
  };
  boost::asio::post(timer_.get_executor(), begin);
}

// Called from inside c-ares, also by ares_destroy: the channel must not be touched here.
void Exchange::on_end(void* self, int status, int /*timeouts*/, unsigned char* message, int length) {
  auto& exchange = *static_cast<Exchange*>(self);
  exchange.has_ended_ = true;
  exchange.result_ = exchange.ended(status, message, length);
}

Exchange::Result Exchange::ended(int status, const unsigned char* message, int length) const {
  if (message != nullptr && length > 0) return {Outcome::answered, {message, message + length}, {}};
  if (sockets_.short_of_resources()) return {Outcome::short_of_resources, {}, sockets_.trouble()};
  if (status == ARES_ENOMEM) return {Outcome::short_of_resources, {}, ares_strerror(status)};
  if (status == ARES_ENOTFOUND) return {Outcome::not_for_dns, {}, {}};
  if (status == ARES_ETIMEOUT)
    return {sockets_.heard_a_datagram() ? Outcome::unreadable : Outcome::silent, {}, {}};
  return {Outcome::failed, {}, sockets_.trouble().empty() ? ares_strerror(status) : sockets_.trouble()};
}

void Exchange::process(ares_socket_t readable, ares_socket_t writable) {
  ares_process_fd(channel_.get(), readable, writable);
  go_on();
}

void Exchange::go_on() {
  if (!has_ended_) {
    sockets_.watch(channel_.get());
    arm_timer();
    return;
  }
  timer_.cancel();
  if (const Done done = std::exchange(done_, nullptr)) done(std::move(result_));
}

void Exchange::arm_timer() {
  timeval left{};
  if (ares_timeout(channel_.get(), nullptr, &left) == nullptr) return;
  timer_.expires_after(std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec));
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (self && !error) self->process(ARES_SOCKET_BAD, ARES_SOCKET_BAD);
  });
}

}  // namespace edgesurvey
