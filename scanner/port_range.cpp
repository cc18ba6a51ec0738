#include "scanner/port_range.hpp"

#include <charconv>

#include "scanner/sample.hpp"

namespace edgesurvey {

std::optional<PortRange> PortRange::parse(std::string_view text) {
  PortRange range;
  const char* const end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, range.first);
  if (error != std::errc{}) return std::nullopt;
  range.last = range.first;
  if (rest != end && *rest == '-') {
    const auto second = std::from_chars(rest + 1, end, range.last);
    if (second.ec != std::errc{}) return std::nullopt;
    rest = second.ptr;
  }
  const bool inside = in_media_range(range.first) && in_media_range(range.last) && range.first <= range.last;
  return rest == end && inside ? std::optional(range) : std::nullopt;
}

std::string PortRange::to_string() const {
  return first == last ? std::to_string(first) : std::to_string(first) + '-' + std::to_string(last);
}

}  // namespace edgesurvey
