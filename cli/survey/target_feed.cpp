#include "cli/survey/target_feed.hpp"

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

TargetFeed::TargetFeed(boost::asio::io_context& context, const TargetStore& targets, const Scope& scope,
                       const ResolverOptions& dns, Told told)
    : targets_(targets),
      scope_(scope),
      told_(std::move(told)),
      names_(targets),
      resolver_(context, dns),
      literal_(targets, scope, dns.families) {}

void TargetFeed::start(std::function<void()> on_change) {
  on_change_ = std::move(on_change);
  for (std::size_t index = 0; index < targets_.size(); ++index) {
    if (targets_.is_name(index)) continue;
    const Target target = targets_[index];
    told_(target, literal_.outcome_of(index, *target.block()));
  }
  resolve_more();
}

void TargetFeed::resolve_more() {
  while (!stopped_ && next_name_ < names_.firsts().size() && in_flight_ < names_at_once) {
    const std::uint32_t target = names_.firsts()[next_name_++];
    const HostName name = name_of(target);
    if (const auto refused = scope_.refuse_name(name)) {
      TargetOutcome outcome;
      outcome.skipped = refused;
      tell_name(target, std::move(outcome));
      continue;
    }
    ++in_flight_;
    resolver_.resolve(name, [this, target](const NameAnswer& answer) {
      --in_flight_;
      take_answer(target, answer);
      resolve_more();
      on_change_();
    });
  }
}

void TargetFeed::take_answer(std::uint32_t target, const NameAnswer& answer) {
  TargetOutcome outcome = judge_answer(name_of(target), answer);
  for (const auto& address : outcome.addresses)
    if (!literal_.contains(address)) resolved_.add(address);
  tell_name(target, std::move(outcome));
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
      append(outcome.detail, address.to_string() + " not probed: " + why_refused(address, *refused));
    } else {
      outcome.addresses.push_back(address);
    }
  }
  if (outcome.addresses.empty() && first_refusal) outcome.skipped = first_refusal;
  return outcome;
}

HostName TargetFeed::name_of(std::uint32_t target) const {
  return std::get<HostName>(targets_.what(target));
}

void TargetFeed::tell_name(std::uint32_t target, TargetOutcome outcome) {
  names_.for_each_from(target, [&](std::uint32_t same) {
    outcome.index = same;
    told_(targets_[same], outcome);
  });
}

void TargetFeed::stop() {
  if (std::exchange(stopped_, true)) return;
  resolver_.cancel();  // those in flight are answered "interrupted"
  TargetOutcome outcome;
  outcome.skipped = SkipReason::interrupted;
  while (next_name_ < names_.firsts().size()) tell_name(names_.firsts()[next_name_++], outcome);
}

HostFeed::Supply TargetFeed::next_host(Address& address) {
  if (stopped_) return Supply::ended;
  auto host = resolved_.next();
  if (!host) host = literal_.next();
  if (!host) return in_flight_ > 0 ? Supply::not_yet : Supply::ended;
  address = *host;
  return Supply::host;
}

std::uint64_t TargetFeed::expected_hosts() const {
  return saturating_add(literal_.size(),
                        resolved_.size() + in_flight_ + (names_.firsts().size() - next_name_));
}

}  // namespace edgesurvey
