#include "targets/leading_to.hpp"

#include <vector>

namespace edgesurvey {

AddressSet leading_to(const AddressSet& set) {
  std::vector<AddressBlock> blocks;
  for (const AddressBlock& block : set.blocks()) {
    if (!block.first().is_v4()) break;  // IPv4 comes first
    const auto from = block.first().embeddings();
    const auto to = block.last().embeddings();
    for (std::size_t form = 0; form < from.size(); ++form)
      blocks.emplace_back(from[form].first, to[form].second);
  }
  // Both look like the IPv4-compatible form, and are what they are.
  const AddressSet own({AddressBlock::parse("::-::1").value()});
  return AddressSet(std::move(blocks)).minus(own);
}

}  // namespace edgesurvey
