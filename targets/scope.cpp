#include "targets/scope.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "targets/leading_to.hpp"
#include "targets/unprobeable.hpp"

namespace edgesurvey {
namespace {

// Lync Online and Skype for Business Online answer here for tens of thousands of tenants.
constexpr std::string_view hosted_domain = "online.lync.com";

bool is_internal(AddressKind kind) {
  return kind == AddressKind::private_use || kind == AddressKind::loopback || kind == AddressKind::link_local;
}

NameSet to_name_set(const ScopeList& list) {
  NameSet set;
  for (const HostName& name : list.names) set.insert(name);
  for (const HostName& domain : list.domains) set.insert_under(domain);
  return set;
}

}  // namespace

Scope::Scope(const std::optional<ScopeList>& allow, const ScopeList& exclude, bool allow_internal)
    : excluded_names_(to_name_set(exclude)), excluded_(exclude.blocks), allow_internal_(allow_internal) {
  if (allow) allowed_ = AddressSet(allow->blocks);
}

std::optional<SkipReason> Scope::refuse_name(const HostName& name) const {
  if (const auto refused = refuse_alias(name)) return refused;
  if (allowed_ && allowed_->empty()) return SkipReason::out_of_scope;
  return std::nullopt;
}

std::optional<SkipReason> Scope::refuse_alias(const HostName& alias) const {
  if (alias.is_under(hosted_domain)) return SkipReason::hosted_service;
  if (excluded_names_.contains(alias)) return SkipReason::excluded;
  return std::nullopt;
}

std::optional<SkipReason> Scope::refuse_address(const Address& address, const HostName* via) const {
  if (is_unprobeable(address)) return SkipReason::no_address;
  if (is_excluded(address)) return SkipReason::excluded;
  if (via != nullptr && !allow_internal_ && is_internal(address.kind())) return SkipReason::internal_address;
  if (allowed_ && !allowed_->contains(address)) return SkipReason::out_of_scope;
  return std::nullopt;
}

std::string why_refused(const Address& address, SkipReason reason) {
  if (const auto why = why_unprobeable(AddressBlock(address))) return "it " + *why;
  std::string text(to_string(reason));
  if (reason != SkipReason::internal_address) return text;
  if (address.kind() == AddressKind::loopback) return text + " (loopback)";
  if (address.kind() == AddressKind::link_local) return text + " (link-local)";
  return text + " (not on the public Internet)";
}

AddressSet Scope::admitted(AddressSet literal) const {
  if (allowed_ && allowed_->empty()) return {};
  const auto leave_out = [&literal](const AddressSet& refused) {
    if (literal.overlaps(refused)) literal = literal.minus(refused);
  };
  leave_out(unprobeable_addresses());
  leave_out(excluded_);
  const bool has_v6 = !literal.empty() && !literal.blocks().back().last().is_v4();
  if (has_v6) leave_out(leading_to(excluded_));
  if (allowed_) leave_out(literal.minus(*allowed_));
  return literal;
}

bool Scope::is_excluded(const Address& address) const {
  if (excluded_.contains(address)) return true;
  const auto inner = address.embedded_v4();
  return inner && excluded_.contains(*inner);
}

}  // namespace edgesurvey
