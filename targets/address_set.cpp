#include "targets/address_set.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace edgesurvey {
namespace {

std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max()
                                                           : a + b;
}

bool touches(const AddressBlock& earlier, const AddressBlock& later) {
  return earlier.overlaps(later) || earlier.last().plus(1) == later.first();
}

// Precondition: sorted by first address.
std::vector<AddressBlock> merge(const std::vector<AddressBlock>& sorted) {
  std::vector<AddressBlock> merged;
  for (const AddressBlock& block : sorted) {
    if (merged.empty() || !touches(merged.back(), block)) {
      merged.push_back(block);
    } else if (merged.back().last() < block.last()) {
      merged.back() = AddressBlock(merged.back().first(), block.last());
    }
  }
  return merged;
}

}  // namespace

AddressSet::AddressSet(std::vector<AddressBlock> blocks) {
  std::sort(blocks.begin(), blocks.end(),
            [](const AddressBlock& a, const AddressBlock& b) { return a.first() < b.first(); });
  blocks_ = merge(blocks);
  starts_.reserve(blocks_.size());
  for (const AddressBlock& block : blocks_) {
    starts_.push_back(total_);
    total_ = saturating_add(total_, block.size());
  }
}

AddressSet AddressSet::minus(const AddressSet& other) const {
  std::vector<AddressBlock> rest;
  auto hole = other.blocks_.begin();
  for (const AddressBlock& block : blocks_) {
    while (hole != other.blocks_.end() && hole->last() < block.first()) ++hole;
    // Holes are walked with a second iterator: the last one may reach into the next block too.
    std::optional<Address> from = block.first();
    for (auto cut = hole; from && cut != other.blocks_.end() && cut->first() <= block.last(); ++cut) {
      if (*from < cut->first()) rest.emplace_back(*from, *cut->first().minus(1));
      from = cut->last() < block.last() ? cut->last().plus(1) : std::nullopt;
    }
    if (from) rest.emplace_back(*from, block.last());
  }
  return AddressSet(std::move(rest));
}

Address AddressSet::at(std::uint64_t index) const {
  assert(index < size());
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), index);
  const auto block = static_cast<std::size_t>(after - starts_.begin()) - 1;
  return blocks_[block].at(index - starts_[block]);
}

std::optional<std::uint64_t> AddressSet::index_of(const Address& address) const {
  const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), address,
                                      [](const Address& a, const AddressBlock& b) { return a < b.first(); });
  if (after == blocks_.begin()) return std::nullopt;
  const auto block = static_cast<std::size_t>(after - blocks_.begin()) - 1;
  if (!blocks_[block].contains(address)) return std::nullopt;
  return saturating_add(starts_[block], distance(blocks_[block].first(), address));
}

}  // namespace edgesurvey
