// What may be probed. Asked for every name before DNS and for every address after it, so that a changed
// record can never make us probe a third party.
#pragma once

#include <optional>
#include <string>

#include "targets/address_set.hpp"
#include "targets/host_name.hpp"
#include "targets/name_set.hpp"
#include "targets/scope_list.hpp"
#include "targets/skip_reason.hpp"

namespace edgesurvey {

class Scope {
 public:
  // Allows everything that is not refused always.
  Scope() = default;
  // allow: nullopt means no --scope was given; its blocks are what is allowed, so a list without any allows
  // nothing (and ScopeList::names_alone() is why). allow_internal: --allow-internal. Precondition: the lists
  // have no errors. A half-read exclusion list must never be scanned with.
  Scope(const std::optional<ScopeList>& allow, const ScopeList& exclude, bool allow_internal);

  // Whether this name may be looked up and probed: hosted-service, excluded, or out-of-scope (only when the
  // scope has no block that could admit its addresses). nullopt: go on.
  std::optional<SkipReason> refuse_name(const HostName& name) const;

  // Whether a name in the answer's CNAME chain forbids the probe: hosted-service, excluded.
  std::optional<SkipReason> refuse_alias(const HostName& alias) const;

  // Whether this address may be probed. via: the name that led to it; null for a literal address, which may
  // be internal (the user wrote it), while a name may not lead inside unless --allow-internal. A scope
  // admits only addresses inside its blocks, even for a name it lists. An excluded IPv4 address also excludes
  // the IPv6 addresses that lead to it (Address::embedded_v4).
  std::optional<SkipReason> refuse_address(const Address& address, const HostName* via) const;

  // Of literal addresses those that may be probed, for which refuse_address() has nothing to say: worked out
  // on blocks, however large they are.
  AddressSet admitted(AddressSet literal) const;

  const AddressSet& excluded_blocks() const { return excluded_; }

 private:
  bool is_excluded(const Address& address) const;

  std::optional<AddressSet> allowed_;  // nullopt: everything
  NameSet excluded_names_;
  AddressSet excluded_;
  bool allow_internal_ = false;
};

// Why an address is not probed, for people: the spelling of the reason and what the address is, or why no
// host can have it. reason: what refuse_address() said of the address.
std::string why_refused(const Address& address, SkipReason reason);

}  // namespace edgesurvey
