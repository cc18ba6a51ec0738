#include "targets/port_set.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace edgesurvey {
namespace {

std::optional<unsigned> parse_port(std::string_view text) {
  unsigned port = 0;
  const char* const end = text.data() + text.size();
  if (text.empty() || text.size() > 5) return std::nullopt;
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stop != end || port < 1 || port > 65535) return std::nullopt;
  return port;
}

std::optional<std::pair<unsigned, unsigned>> parse_ports(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_port(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_port(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return std::pair(*first, *last);
}

}  // namespace

std::optional<PortSet> PortSet::parse(std::string_view text) {
  PortSet set;
  for (;;) {
    const std::size_t comma = text.find(',');
    const auto ports = parse_ports(text.substr(0, comma));
    if (!ports) return std::nullopt;
    for (unsigned port = ports->first; port <= ports->second; ++port) set.insert(static_cast<Port>(port));
    if (comma == std::string_view::npos) return set;
    text.remove_prefix(comma + 1);
  }
}

void PortSet::insert(Port port) {
  const auto place = std::lower_bound(ports_.begin(), ports_.end(), port);
  if (place == ports_.end() || *place != port) ports_.insert(place, port);
}

std::string PortSet::to_string() const {
  std::string text;
  for (auto first = ports_.begin(); first != ports_.end();) {
    auto last = first;
    while (last + 1 != ports_.end() && *(last + 1) == *last + 1) ++last;
    if (!text.empty()) text += ',';
    text += std::to_string(*first);
    if (last != first) text += '-' + std::to_string(*last);
    first = last + 1;
  }
  return text;
}

}  // namespace edgesurvey
