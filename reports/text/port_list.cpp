#include "reports/text/port_list.hpp"

#include <charconv>

namespace edgesurvey {
namespace {

std::optional<unsigned> take_port(std::string_view& text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || port == 0 || port > 65535) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return port;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string to_port_list(const std::vector<Port>& ports) {
  std::string list;
  for (std::size_t first = 0, last = 0; first < ports.size(); first = ++last) {
    while (last + 1 < ports.size() && ports[last + 1] == ports[last] + 1) ++last;
    if (!list.empty()) list += ',';
    list += std::to_string(ports[first]);
    if (last != first) list += '-' + std::to_string(ports[last]);
  }
  return list;
}

std::optional<std::vector<Port>> parse_port_list(std::string_view text) {
  std::vector<Port> ports;
  unsigned previous = 0;
  do {
    const auto first = take_port(text);
    if (!first || *first <= previous) return std::nullopt;
    auto last = first;
    if (take(text, '-')) last = take_port(text);
    if (!last || *last < *first) return std::nullopt;
    for (unsigned port = *first; port <= *last; ++port) ports.push_back(static_cast<Port>(port));
    previous = *last;
  } while (take(text, ','));
  if (!text.empty()) return std::nullopt;
  return ports;
}

}  // namespace edgesurvey
