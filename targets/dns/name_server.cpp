#include <charconv>

#include "targets/dns/resolver_options.hpp"

namespace edgesurvey {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stop != end || port == 0) return std::nullopt;
  return port;
}

bool can_be_a_server(const Address& address) {
  const AddressKind kind = address.kind();
  return kind != AddressKind::multicast && kind != AddressKind::broadcast && kind != AddressKind::unspecified;
}

std::optional<NameServer> fail(std::string* why, const char* reason) {
  if (why != nullptr) *why = reason;
  return std::nullopt;
}

// Where the colon before the port stands; npos when the text is an address alone.
std::size_t port_colon(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t close = text.find("]:");
    return close == std::string_view::npos ? close : close + 1;
  }
  const std::size_t colon = text.find(':');
  return colon == text.rfind(':') ? colon : std::string_view::npos;
}

}  // namespace

std::optional<NameServer> NameServer::parse(std::string_view text, std::string* why) {
  NameServer server;
  const std::size_t colon = port_colon(text);
  if (colon != std::string_view::npos) {
    const auto port = parse_port(text.substr(colon + 1));
    if (!port) return fail(why, "a DNS server's port must be a number from 1 to 65535");
    server.port = *port;
  }
  const auto address = Address::parse(text.substr(0, colon));
  if (!address) return fail(why, "a DNS server is written IP, IP:PORT or [IPv6]:PORT");
  if (!can_be_a_server(*address)) return fail(why, "no DNS server can have this address");
  server.address = *address;
  return server;
}

std::string NameServer::to_string() const {
  const std::string host = address.to_string();
  return (address.is_v4() ? host : "[" + host + "]") + ":" + std::to_string(port);
}

}  // namespace edgesurvey
