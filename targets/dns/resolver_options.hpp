// How names are looked up. Apart from the resolver, whose header brings Asio along.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "targets/address.hpp"

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

}  // namespace edgesurvey
