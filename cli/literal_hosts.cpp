#include "cli/literal_hosts.hpp"

#include <string>
#include <vector>

#include "targets/saturating.hpp"

namespace edgesurvey {
namespace {

AddressSet written_down(const TargetList& list) {
  std::vector<AddressBlock> blocks;
  blocks.reserve(list.targets.size() - list.names());
  for (const auto& target : list.targets)
    if (const AddressBlock* block = target.block()) blocks.push_back(*block);
  return AddressSet(std::move(blocks));
}

AddressSet of_family(AddressSet set, Families families) {
  static const AddressSet v4({AddressBlock::parse("0.0.0.0/0").value()});
  static const AddressSet v6({AddressBlock::parse("::/0").value()});
  if (families == Families::both) return set;
  return set.minus(families == Families::ipv4_only ? v6 : v4);
}

}  // namespace

LiteralHosts::LiteralHosts(const TargetList& list, const Scope& scope, Families families)
    : scope_(scope), families_(families), hosts_(scope.admitted(of_family(written_down(list), families))) {}

std::optional<SkipReason> LiteralHosts::refuse(const Address& address) const {
  const bool wanted = families_ == Families::both || (families_ == Families::ipv4_only) == address.is_v4();
  if (!wanted) return SkipReason::no_address;
  return scope_.refuse_address(address, nullptr);
}

TargetOutcome LiteralHosts::outcome_of(std::uint64_t index, const AddressBlock& block) const {
  TargetOutcome outcome{.index = index};
  const AddressSet whole({block});
  const AddressSet refused = whole.minus(hosts_);
  if (refused.empty()) return outcome;
  const auto reason = refuse(refused.at(0));
  if (refused.blocks() == whole.blocks())
    outcome.skipped = reason;
  else
    outcome.detail = count_in_words(refused.size()) + " of " + count_in_words(block.size()) +
                     " addresses not probed: " + std::string(to_string(*reason));
  return outcome;
}

std::optional<Address> LiteralHosts::next() {
  if (position_ == hosts_.size()) return std::nullopt;
  return hosts_.at(position_++);
}

}  // namespace edgesurvey
