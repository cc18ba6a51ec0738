// Names to addresses: c-ares driven by the caller's io_context. Nothing here decides what may be probed
// (scope does); the resolver says what DNS says, or why it could not.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "targets/address.hpp"
#include "targets/host_name.hpp"
#include "targets/skip_reason.hpp"

namespace edgesurvey {

struct NameServer {
  Address address;
  std::uint16_t port = 53;

  // "IP", "IP:PORT", "[IPv6]:PORT". On failure nullopt and *why.
  static std::optional<NameServer> parse(std::string_view text, std::string* why = nullptr);
  // "127.0.0.1:53", "[::1]:53"
  std::string to_string() const;
};

enum class Families : std::uint8_t { both, ipv4_only, ipv6_only };

struct ResolverOptions {
  // Asked in this order. Empty: the system's, and its hosts file before them.
  std::vector<NameServer> servers;
  // Read once, and only if servers is empty.
  std::string hosts_file = "/etc/hosts";
  std::string resolv_conf = "/etc/resolv.conf";

  Families families = Families::both;
  // One query to one server by UDP; TCP, after a truncated answer, has as long again.
  std::chrono::milliseconds try_timeout{2000};
  // Rounds over all servers.
  unsigned tries = 2;
  // A name's whole time from its first query, whatever the servers do.
  std::chrono::milliseconds deadline{8000};
  // How much longer it may take while we have no descriptor to ask with: that says nothing about the name.
  std::chrono::milliseconds shortage_patience{120000};
  // Names looked up at once, each with up to four sockets; further ones wait inside.
  std::size_t max_in_flight = 64;
};

struct NameAnswer {
  // Every A and AAAA record, each once, ascending, IPv4 first.
  std::vector<Address> addresses;
  // The CNAME chain, without the name asked for. One that is no host name stands in detail instead.
  std::vector<HostName> aliases;
  // Set when addresses is empty: nxdomain, no_address, dns_timeout, dns_failure, interrupted.
  std::optional<SkipReason> failure;
  // For people: which family failed and how, when only one did, or why both did; printable.
  std::string detail;
};

class Resolver {
 public:
  using Done = std::function<void(NameAnswer)>;

  // The context must outlive the resolver. Throws std::runtime_error when c-ares cannot start.
  Resolver(boost::asio::io_context& context, ResolverOptions options);
  // No done is called any more. May be called from inside a done.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Looks a name up, as it is: search domains are never tried. done is called exactly once, from the
  // io_context, never from inside resolve().
  void resolve(const HostName& name, Done done);
  // Ends every lookup now with SkipReason::interrupted. Their done calls come from the io_context, too.
  void cancel();
  // Names whose done has not been called yet.
  std::size_t pending() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace edgesurvey
