// The addresses that were written down literally, each once, as far as they may be probed: an index over
// blocks, not a list, so a survey of a /8 costs nothing until it is run.
#pragma once

#include <cstdint>
#include <optional>

#include "scanner/survey/survey.hpp"
#include "targets/address_set.hpp"
#include "targets/dns/resolver_options.hpp"
#include "targets/scope.hpp"
#include "targets/target_store.hpp"

namespace edgesurvey {

class LiteralHosts {
 public:
  // scope must outlive this.
  LiteralHosts(const TargetStore& targets, const Scope& scope, Families families);

  // Whether a literal address may be probed; what forbids it otherwise.
  std::optional<SkipReason> refuse(const Address& address) const;
  // Written down and allowed: it will come out of next() in its turn.
  bool contains(const Address& address) const { return hosts_.contains(address); }
  // What becomes of a target that is a block: skipped when none of its members may be probed.
  TargetOutcome outcome_of(std::uint64_t index, const AddressBlock& block) const;
  // The next one; nullopt at the end.
  std::optional<Address> next();
  // How many there are in all. Saturates at 2^64 - 1.
  std::uint64_t size() const { return hosts_.size(); }

 private:
  const Scope& scope_;
  Families families_;
  AddressSet hosts_;
  std::uint64_t position_ = 0;
};

}  // namespace edgesurvey
