#include "targets/address_set.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "targets/saturating.hpp"

namespace edgesurvey {
namespace {

bool touches(const AddressBlock& earlier, const AddressBlock& later) {
  return earlier.overlaps(later) || earlier.last().plus(1) == later.first();
}

// In place: a list of a million addresses is not held twice. Precondition: sorted by first address.
void merge(std::vector<AddressBlock>& sorted) {
  auto last = sorted.begin();
  for (auto block = sorted.begin(); block != sorted.end(); ++block) {
    if (block == last) continue;
    if (!touches(*last, *block)) {
      *++last = *block;
    } else if (last->last() < block->last()) {
      *last = AddressBlock(last->first(), block->last());
    }
  }
  if (!sorted.empty()) sorted.erase(last + 1, sorted.end());
}

}  // namespace

AddressSet::AddressSet(std::vector<AddressBlock> blocks) : blocks_(std::move(blocks)) {
  std::sort(blocks_.begin(), blocks_.end(),
            [](const AddressBlock& a, const AddressBlock& b) { return a.first() < b.first(); });
  merge(blocks_);
  starts_.reserve(blocks_.size());
  for (const AddressBlock& block : blocks_) {
    starts_.push_back(total_);
    total_ = saturating_add(total_, block.size());
  }
}

bool AddressSet::overlaps(const AddressSet& other) const {
  return std::any_of(other.blocks_.begin(), other.blocks_.end(), [this](const AddressBlock& block) {
    const auto near = std::partition_point(
        blocks_.begin(), blocks_.end(), [&](const AddressBlock& own) { return own.last() < block.first(); });
    return near != blocks_.end() && near->overlaps(block);
  });
}

AddressSet AddressSet::minus(const AddressSet& other) const {
  if (empty()) return {};
  std::vector<AddressBlock> rest;
  auto hole = std::partition_point(
      other.blocks_.begin(), other.blocks_.end(),
      [this](const AddressBlock& block) { return block.last() < blocks_.front().first(); });
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
