// A set of TCP ports, and its one written form: "443,50001-50003", ascending, as nmap writes ports.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace edgesurvey {

using Port = std::uint16_t;

class PortSet {
 public:
  static std::optional<PortSet> parse(std::string_view text);  // bounds 1-65535; nullopt for anything else
  void insert(Port port) { ports_.set(port); }
  bool contains(Port port) const { return ports_.test(port); }
  std::size_t size() const { return ports_.count(); }
  bool empty() const { return ports_.none(); }
  std::string to_string() const;

 private:
  std::bitset<65536> ports_;
};

}  // namespace edgesurvey
