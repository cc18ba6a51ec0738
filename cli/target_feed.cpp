#include "cli/target_feed.hpp"

#include <utility>

#include "targets/saturating.hpp"

namespace edgesurvey {
namespace {

// Names handed to the resolver at once: enough to keep it busy, few enough to stop quickly.
constexpr std::size_t names_at_once = 128;

void append(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty()) text += "; ";
  text += more;
}

}  // namespace

TargetFeed::TargetFeed(const TargetList& list, const Scope& scope, Families families, Resolver& resolver,
                       Told told)
    : list_(list),
      scope_(scope),
      resolver_(resolver),
      told_(std::move(told)),
      literal_(list, scope, families) {}

void TargetFeed::start(std::function<void()> on_change) {
  on_change_ = std::move(on_change);
  for (std::uint64_t index = 0; index < list_.targets.size(); ++index)
    if (const AddressBlock* block = list_.targets[index].block())
      told_(list_.targets[index], literal_.outcome_of(index, *block));
  collect_names();
  resolve_more();
}

void TargetFeed::collect_names() {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::uint64_t index = 0; index < list_.targets.size(); ++index) {
    const HostName* name = list_.targets[index].name();
    if (name == nullptr) continue;
    const auto [place, first] = seen.try_emplace(name->ascii(), names_.size());
    if (first) names_.push_back({name, {}});
    names_[place->second].targets.push_back(index);
  }
}

void TargetFeed::resolve_more() {
  while (!stopped_ && next_name_ < names_.size() && in_flight_ < names_at_once) {
    const Name& name = names_[next_name_++];
    if (const auto refused = scope_.refuse_name(*name.name)) {
      TargetOutcome outcome;
      outcome.skipped = refused;
      tell_name(name, std::move(outcome));
      continue;
    }
    ++in_flight_;
    resolver_.resolve(*name.name, [this, &name](const NameAnswer& answer) {
      --in_flight_;
      take_answer(name, answer);
      resolve_more();
      on_change_();
    });
  }
}

void TargetFeed::take_answer(const Name& name, const NameAnswer& answer) {
  TargetOutcome outcome = judge_answer(*name.name, answer);
  for (const auto& address : outcome.addresses)
    if (!literal_.contains(address) && resolved_once_.insert(address).second) resolved_.push_back(address);
  tell_name(name, std::move(outcome));
}

// What DNS says is checked against the scope again: a record may have changed since the list was written.
TargetOutcome TargetFeed::judge_answer(const HostName& name, const NameAnswer& answer) const {
  TargetOutcome outcome;
  outcome.detail = answer.detail;
  outcome.skipped = answer.failure;
  for (const auto& alias : answer.aliases) {
    if (const auto refused = scope_.refuse_alias(alias)) {
      outcome.skipped = refused;
      append(outcome.detail, "leads to " + alias.display());
      return outcome;
    }
  }
  std::optional<SkipReason> first_refusal;
  for (const auto& address : answer.addresses) {
    if (const auto refused = scope_.refuse_address(address, &name)) {
      if (!first_refusal) first_refusal = refused;
      append(outcome.detail, address.to_string() + " not probed: " + std::string(to_string(*refused)));
    } else {
      outcome.addresses.push_back(address);
    }
  }
  if (outcome.addresses.empty() && first_refusal) outcome.skipped = first_refusal;
  return outcome;
}

void TargetFeed::tell_name(const Name& name, TargetOutcome outcome) {
  for (const std::uint64_t index : name.targets) {
    outcome.index = index;
    told_(list_.targets[index], outcome);
  }
}

void TargetFeed::stop() {
  if (std::exchange(stopped_, true)) return;
  resolver_.cancel();  // those in flight are answered "interrupted"
  TargetOutcome outcome;
  outcome.skipped = SkipReason::interrupted;
  while (next_name_ < names_.size()) tell_name(names_[next_name_++], outcome);
}

HostFeed::Supply TargetFeed::next_host(Address& address) {
  if (stopped_) return Supply::ended;
  if (!resolved_.empty()) {
    address = resolved_.front();
    resolved_.pop_front();
    return Supply::host;
  }
  if (const auto literal = literal_.next()) {
    address = *literal;
    return Supply::host;
  }
  return in_flight_ > 0 ? Supply::not_yet : Supply::ended;
}

std::uint64_t TargetFeed::expected_hosts() const {
  return saturating_add(literal_.size(), resolved_once_.size() + in_flight_ + (names_.size() - next_name_));
}

}  // namespace edgesurvey
