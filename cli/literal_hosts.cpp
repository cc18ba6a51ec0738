#include "cli/literal_hosts.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace edgesurvey {
namespace {

// Members of one block that are judged before the scan, so that its target can be told: as many as
// --max-targets allows without being raised, a tenth of a second's work.
constexpr std::uint64_t most_searched = std::uint64_t{1} << 20U;

AddressSet written_down(const TargetList& list) {
  std::vector<AddressBlock> blocks;
  for (const auto& target : list.targets)
    if (const AddressBlock* block = target.block()) blocks.push_back(*block);
  return AddressSet(std::move(blocks));
}

}  // namespace

LiteralHosts::LiteralHosts(const TargetList& list, const Scope& scope, Families families)
    : hosts_(written_down(list)), scope_(scope), families_(families) {}

std::optional<SkipReason> LiteralHosts::refuse(const Address& address) const {
  const bool wanted = families_ == Families::both || (families_ == Families::ipv4_only) == address.is_v4();
  if (!wanted) return SkipReason::no_address;
  return scope_.refuse_address(address, nullptr);
}

TargetOutcome LiteralHosts::outcome_of(std::uint64_t index, const AddressBlock& block) const {
  TargetOutcome outcome{.index = index};
  const std::uint64_t searched = std::min(block.size(), most_searched);
  std::uint64_t refused = 0;
  std::optional<SkipReason> reason;
  for (std::uint64_t i = 0; i < searched; ++i) {
    const auto why = refuse(block.at(i));
    if (!why) continue;
    ++refused;
    if (!reason) reason = why;
  }
  if (refused == block.size())
    outcome.skipped = reason;
  else if (refused > 0)
    outcome.detail = std::to_string(refused) + " of " + (searched < block.size() ? "the first " : "") +
                     std::to_string(searched) + " addresses not probed: " + std::string(to_string(*reason));
  return outcome;
}

std::optional<Address> LiteralHosts::next() {
  while (position_ < hosts_.size()) {
    const Address address = hosts_.at(position_++);
    if (!refuse(address)) return address;
    ++passed_over_;
  }
  return std::nullopt;
}

}  // namespace edgesurvey
