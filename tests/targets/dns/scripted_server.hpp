// A DNS server on the loopback that a test scripts: real UDP and TCP sockets on one port, run by the test's
// own io_context beside the resolver.
#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "dns_message.hpp"
#include "targets/dns/resolver.hpp"

namespace edgesurvey::testing {

class ScriptedServer {
 public:
  // The datagrams to send back; none is silence.
  using UdpScript = std::function<Datagrams(const Question&)>;
  // The bytes to send back, length prefix included.
  using TcpScript = std::function<Bytes(const Question&)>;

  explicit ScriptedServer(boost::asio::io_context& context, UdpScript udp,
                          const std::string& ip = "127.0.0.1")
      : on_udp(std::move(udp)), context_(context), udp_(context), acceptor_(context) {
    const auto address = boost::asio::ip::make_address(ip);
    for (int tries = 0; !open_both(address); ++tries)
      if (tries == 20) throw std::runtime_error("no port is free for UDP and TCP");
    receive();
    accept();
  }
  // A server of UDP and then of TCP: every UDP answer is truncated.
  ScriptedServer(boost::asio::io_context& context, TcpScript tcp)
      : ScriptedServer(context, [](const Question& q) { return Datagrams{Reply(q).truncated().bytes()}; }) {
    on_tcp = std::move(tcp);
  }

  NameServer name_server() const {
    return *NameServer::parse("127.0.0.1:" + std::to_string(udp_.local_endpoint().port()));
  }
  std::string text() const { return name_server().to_string(); }
  void stop_listening_by_tcp() { acceptor_.close(); }

  UdpScript on_udp;
  TcpScript on_tcp;
  std::chrono::milliseconds pause_between_bytes{0};  // by TCP; 0 sends all at once
  bool close_after_answer = false;
  std::size_t udp_questions = 0;
  std::size_t tcp_questions = 0;
  std::size_t bytes_dripped = 0;
  std::vector<std::string> names_asked;

 private:
  struct Connection {
    explicit Connection(boost::asio::ip::tcp::socket accepted)
        : socket(std::move(accepted)), timer(socket.get_executor()) {}
    boost::asio::ip::tcp::socket socket;
    boost::asio::steady_timer timer;
    std::array<std::uint8_t, 1024> in{};
    Bytes out;
    std::size_t sent = 0;
  };
  using ConnectionPtr = std::shared_ptr<Connection>;

  bool open_both(const boost::asio::ip::address& address) {
    boost::system::error_code error;
    acceptor_ = boost::asio::ip::tcp::acceptor(context_, {address, 0});
    udp_ = boost::asio::ip::udp::socket(context_, boost::asio::ip::udp::v4());
    udp_.bind({address, acceptor_.local_endpoint().port()}, error);
    return !error;
  }

  void receive() {
    udp_.async_receive_from(boost::asio::buffer(datagram_), sender_,
                            [this](const boost::system::error_code& error, std::size_t size) {
                              if (error == boost::asio::error::operation_aborted) return;
                              if (!error) answer_datagram(size);
                              receive();
                            });
  }

  void answer_datagram(std::size_t size) {
    const auto question =
        Question::parse(Bytes(datagram_.begin(), datagram_.begin() + static_cast<std::ptrdiff_t>(size)));
    if (!question) throw std::runtime_error("the resolver sent no question");
    ++udp_questions;
    names_asked.push_back(question->name);
    boost::system::error_code ignored;
    for (const Bytes& reply : on_udp(*question))
      udp_.send_to(boost::asio::buffer(reply), sender_, 0, ignored);
  }

  void accept() {
    acceptor_.async_accept(
        [this](const boost::system::error_code& error, boost::asio::ip::tcp::socket socket) {
          if (error) return;
          const auto connection = std::make_shared<Connection>(std::move(socket));
          connection->socket.async_read_some(
              boost::asio::buffer(connection->in),
              [this, connection](const boost::system::error_code& bad, std::size_t size) {
                if (!bad) answer_stream(connection, size);
              });
          accept();
        });
  }

  void answer_stream(const ConnectionPtr& connection, std::size_t size) {
    const auto begin = connection->in.begin();
    const auto question = Question::parse(Bytes(begin + 2, begin + static_cast<std::ptrdiff_t>(size)));
    if (!question) throw std::runtime_error("the resolver sent no question by TCP");
    ++tcp_questions;
    if (on_tcp) connection->out = on_tcp(*question);
    if (pause_between_bytes.count() != 0) return drip(connection);
    boost::system::error_code ignored;
    boost::asio::write(connection->socket, boost::asio::buffer(connection->out), ignored);
    if (!close_after_answer) hold(connection);
  }

  void drip(const ConnectionPtr& connection) {
    boost::system::error_code gone;
    if (connection->sent == connection->out.size()) return;
    boost::asio::write(connection->socket, boost::asio::buffer(&connection->out[connection->sent++], 1),
                       gone);
    if (gone) return;
    ++bytes_dripped;
    connection->timer.expires_after(pause_between_bytes);
    connection->timer.async_wait([this, connection](const boost::system::error_code& error) {
      if (!error) drip(connection);
    });
  }

  // Until the resolver closes it.
  void hold(const ConnectionPtr& connection) {
    connection->socket.async_read_some(boost::asio::buffer(connection->in),
                                       [connection](const boost::system::error_code&, std::size_t) {});
  }

  boost::asio::io_context& context_;
  boost::asio::ip::udp::socket udp_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::udp::endpoint sender_;
  std::array<std::uint8_t, 2048> datagram_{};
};

}  // namespace edgesurvey::testing
