// Chance from a counter: the same key always draws the same numbers, in whatever order packets come.
// So two scanners that send the same SYN (host, port, attempt) lose it alike and see the same jitter.
#pragma once

#include <cmath>
#include <cstdint>

namespace edgesurvey::farm {

// SplitMix64's finaliser (Steele, Lea, Flood 2014) over a key and a counter.
constexpr std::uint64_t mix(std::uint64_t key, std::uint64_t counter) {
  std::uint64_t z = key + 0x9e3779b97f4a7c15ULL * (counter + 1);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31U);
}

// A stream of draws under one key.
class Draw {
 public:
  explicit Draw(std::uint64_t key) : key_(key) {}

  std::uint64_t bits() { return mix(key_, counter_++); }
  // In (0, 1): never 0, so that its logarithm is finite.
  double uniform() { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  // In [0, n).
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(uniform() * static_cast<double>(n));
  }
  bool chance(double probability) { return uniform() < probability; }
  double exponential(double mean) { return -mean * std::log(uniform()); }
  // Box-Muller.
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(6.283185307179586 * uniform());
  }

 private:
  std::uint64_t key_;
  std::uint64_t counter_ = 0;
};

}  // namespace edgesurvey::farm
