// Wall-clock time as reports write it: ISO 8601, UTC, milliseconds: "2015-03-02T09:30:00.250Z".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scanner/time.hpp"

namespace edgesurvey {

// Years 0000 to 9999; a time outside them is shown as the nearest inside.
std::string to_iso8601(WallTime time);
// Exactly the form above, and only dates that exist.
std::optional<WallTime> parse_iso8601(std::string_view text);

}  // namespace edgesurvey
