// A set of TCP ports, and its one written form: "443,50001-50003", ascending, as nmap writes ports. Meant for
// a few ports, as a host's open CLS ports: inserting one takes as long as there are ports above it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace edgesurvey {

using Port = std::uint16_t;

class PortSet {
 public:
  static std::optional<PortSet> parse(std::string_view text);  // bounds 1-65535; nullopt for anything else
  void insert(Port port);
  bool contains(Port port) const { return std::binary_search(ports_.begin(), ports_.end(), port); }
  std::size_t size() const { return ports_.size(); }
  bool empty() const { return ports_.empty(); }
  const std::vector<Port>& ports() const { return ports_; }  // ascending, each once
  std::string to_string() const;

 private:
  std::vector<Port> ports_;
};

}  // namespace edgesurvey
