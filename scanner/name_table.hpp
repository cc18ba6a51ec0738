// The one way closed sets get their spelling: a table read in both directions.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace edgesurvey {

// names[i] spells the enumerator with value i.
template <typename Enum, std::size_t size>
std::optional<Enum> parse_name(const std::array<std::string_view, size>& names, std::string_view text) {
  for (std::size_t i = 0; i < size; ++i)
    if (names[i] == text) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace edgesurvey
