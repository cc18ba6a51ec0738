#include "cli/survey/literal_hosts.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "targets/saturating.hpp"

namespace edgesurvey {
namespace {

bool is_wanted(const Address& address, Families families) {
  return families == Families::both || (families == Families::ipv4_only) == address.is_v4();
}

AddressSet written_down(const TargetStore& targets, Families families) {
  std::vector<AddressBlock> blocks;
  blocks.reserve(targets.size() - targets.names());
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets.is_name(i)) continue;
    const auto block = std::get<AddressBlock>(targets.what(i));
    if (is_wanted(block.first(), families)) blocks.push_back(block);
  }
  return AddressSet(std::move(blocks));
}

}  // namespace

LiteralHosts::LiteralHosts(const TargetStore& targets, const Scope& scope, Families families)
    : scope_(scope), families_(families), hosts_(scope.admitted(written_down(targets, families))) {}

std::optional<SkipReason> LiteralHosts::refuse(const Address& address) const {
  if (!is_wanted(address, families_)) return SkipReason::no_address;
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
