// The names of a list, each once though several lines have it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "targets/target_store.hpp"

namespace edgesurvey {

// 8 bytes a target, and 16 more while it is made: a million names are held as they were written, and here as
// numbers only.
class SameNames {
 public:
  explicit SameNames(const TargetStore& targets);

  // For each name the first target that has it, in input order.
  const std::vector<std::uint32_t>& firsts() const { return firsts_; }

  // Calls use(target) for the first target and each later one with its name.
  template <typename Use>
  void for_each_from(std::uint32_t first, Use use) const {
    for (std::uint32_t target = first; target != none; target = next_[target]) use(target);
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  struct Hashed {
    std::size_t hash;
    std::uint32_t target;
    friend auto operator<=>(const Hashed&, const Hashed&) = default;
  };

  static std::vector<Hashed> hashed_names(const TargetStore& targets);
  // All the targets whose names have one hash, in input order: one name, most likely.
  void link(const TargetStore& targets, std::span<const Hashed> of_one_hash);

  std::vector<std::uint32_t> firsts_;
  std::vector<std::uint32_t> next_;  // of each target the next with its name
};

}  // namespace edgesurvey
