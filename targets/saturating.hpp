// Counts that stop at 2^64 - 1: of the addresses of large IPv6 blocks no more is known.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace edgesurvey {

inline constexpr std::uint64_t uncountable = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  return a > uncountable - b ? uncountable : a + b;
}
constexpr std::uint64_t saturating_multiply(std::uint64_t a, std::uint64_t b) {
  return b != 0 && a > uncountable / b ? uncountable : a * b;
}

// "4711", "2^64 or more".
inline std::string count_in_words(std::uint64_t count) {
  return count == uncountable ? "2^64 or more" : std::to_string(count);
}

}  // namespace edgesurvey
