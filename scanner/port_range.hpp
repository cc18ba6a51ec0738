// A run of ports of the media range, as openings of a perimeter are written down.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "targets/port_set.hpp"

namespace edgesurvey {

// Both ends belong to it. Written "50000-52999", or "50004" when it is a single port.
struct PortRange {
  Port first = 0;
  Port last = 0;

  static std::optional<PortRange> parse(std::string_view text);  // within 50000-59999
  std::string to_string() const;
  friend bool operator==(const PortRange&, const PortRange&) = default;
};

}  // namespace edgesurvey
