// A real DNS server: dnsmasq as a child process on a port of 127.0.0.1, without any upstream.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "look_up.hpp"
#include "targets/dns/resolver.hpp"

namespace edgesurvey::testing {

class Dnsmasq {
 public:
  static constexpr const char* program = "/usr/sbin/dnsmasq";
  static bool is_installed() { return ::access(program, X_OK) == 0; }

  // records: as --host-record=..., --cname=... Names under "example" that they do not give do not exist.
  explicit Dnsmasq(boost::asio::io_context& context, const std::vector<std::string>& records)
      : port_(free_port()) {
    std::vector<std::string> arguments = {program,
                                          "--no-daemon",
                                          "--conf-file=/dev/null",
                                          "--pid-file=",
                                          "--port=" + std::to_string(port_),
                                          "--listen-address=127.0.0.1",
                                          "--bind-interfaces",
                                          "--no-resolv",
                                          "--no-hosts",
                                          "--log-facility=/dev/null",
                                          "--local=/example/",
                                          "--host-record=ready.example,127.0.0.1"};
    arguments.insert(arguments.end(), records.begin(), records.end());
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    ::posix_spawn_file_actions_init(&quiet);
    ::posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const int error = ::posix_spawn(&pid_, program, &quiet, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&quiet);
    if (error != 0) throw std::runtime_error("dnsmasq does not start");
    try {
      wait_until_ready(context);
    } catch (...) {
      end();
      throw;
    }
  }
  ~Dnsmasq() { end(); }
  Dnsmasq(const Dnsmasq&) = delete;
  Dnsmasq& operator=(const Dnsmasq&) = delete;

  NameServer name_server() const { return *NameServer::parse("127.0.0.1:" + std::to_string(port_)); }

 private:
  static std::uint16_t free_port() {
    boost::asio::io_context context;
    const boost::asio::ip::udp::endpoint any(boost::asio::ip::address_v4::loopback(), 0);
    return boost::asio::ip::udp::socket(context, any).local_endpoint().port();
  }

  void wait_until_ready(boost::asio::io_context& context) {
    const auto end = std::chrono::steady_clock::now() + patience;
    Resolver resolver(context, impatient({name_server()}));
    while (look_up(context, resolver, "ready.example").failure)
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("dnsmasq does not answer");
  }

  void end() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }

  std::uint16_t port_;
  pid_t pid_ = -1;
};

}  // namespace edgesurvey::testing
