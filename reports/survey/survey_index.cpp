#include "reports/survey/survey_index.hpp"

#include <algorithm>

namespace edgesurvey {

void SurveyIndex::add_target(std::uint64_t order, TargetRow row) {
  auto block = AddressBlock::parse(row.name);
  targets_.push_back({.order = order, .row = std::move(row), .block = block});
}

void SurveyIndex::add_host(const HostReport& host, const RecordSpan& span) {
  hosts_.push_back({.summary = HostSummary(host), .span = span});
  summary_.add_host(host.judgement.verdict, ledger_of(host.evidence));
}

std::optional<Address> SurveyIndex::finish() {
  std::sort(hosts_.begin(), hosts_.end(),
            [](const Host& a, const Host& b) { return a.summary.address < b.summary.address; });
  const auto repeat = std::adjacent_find(hosts_.begin(), hosts_.end(), [](const Host& a, const Host& b) {
    return a.summary.address == b.summary.address;
  });
  if (repeat != hosts_.end()) return repeat->summary.address;
  keep_last_of_equal_orders();
  add_targets_of_unlisted_hosts();
  settle_targets();
  link_names();
  return std::nullopt;
}

void SurveyIndex::keep_last_of_equal_orders() {
  const auto earlier = [](const Target& a, const Target& b) { return a.order < b.order; };
  // Sorting takes half as much memory again, and most surveys are in order.
  if (!std::is_sorted(targets_.begin(), targets_.end(), earlier))
    std::stable_sort(targets_.begin(), targets_.end(), earlier);
  const auto last_of_each = std::unique(targets_.rbegin(), targets_.rend(),
                                        [](const Target& a, const Target& b) { return a.order == b.order; });
  targets_.erase(targets_.begin(), last_of_each.base());
}

void SurveyIndex::add_targets_of_unlisted_hosts() {
  std::vector<bool> reached(hosts_.size());
  for (const auto& target : targets_) {
    for_each_host_of(target, [&](const Host& host) { reached[number_of(host)] = true; });
  }
  std::optional<AddressBlock> unlisted;
  const auto add_target_for = [this](const AddressBlock& block) {
    TargetRow row;
    row.name = block.to_string();
    targets_.push_back({.order = targets_.size(), .row = std::move(row), .block = block});
  };
  for (const auto& host : hosts_) {
    if (reached[number_of(host)]) continue;
    all_accounted_for_ = false;
    const bool follows = unlisted && unlisted->last().plus(1) == host.summary.address;
    if (unlisted && !follows) add_target_for(*unlisted);
    unlisted = AddressBlock(follows ? unlisted->first() : host.summary.address, host.summary.address);
  }
  if (unlisted) add_target_for(*unlisted);
}

// A target of which nothing is known is one whose turn never came.
void SurveyIndex::settle_targets() {
  for (auto& target : targets_) {
    std::size_t judged = 0;
    for_each_host_of(target, [&](const Host&) { ++judged; });
    if (judged > 0) target.row.skipped.reset();
    if (judged == 0 && !target.row.skipped) target.row.skipped = SkipReason::interrupted;
    summary_.add_target();
    if (target.row.skipped) summary_.add_skipped(*target.row.skipped);
    all_accounted_for_ &= judged >= target.row.addresses.size() || target.row.skipped.has_value();
    all_accounted_for_ &= target.row.skipped != SkipReason::interrupted;
  }
}

void SurveyIndex::link_names() {
  for (std::uint32_t number = 0; number < targets_.size(); ++number) {
    if (targets_[number].block) continue;
    for_each_host_of(targets_[number],
                     [&](const Host& host) { names_.emplace_back(number_of(host), number); });
  }
  std::sort(names_.begin(), names_.end());
}

const SurveyIndex::Host* SurveyIndex::find(const Address& address) const {
  const auto at =
      std::lower_bound(hosts_.begin(), hosts_.end(), address,
                       [](const Host& host, const Address& a) { return host.summary.address < a; });
  return at != hosts_.end() && at->summary.address == address ? &*at : nullptr;
}

template <typename Use>
void SurveyIndex::for_each_host_of(const Target& target, Use use) const {
  if (!target.block) {
    for (const auto& address : target.row.addresses) {
      if (const auto* host = find(address)) use(*host);
    }
    return;
  }
  auto host = std::lower_bound(hosts_.begin(), hosts_.end(), target.block->first(),
                               [](const Host& h, const Address& a) { return h.summary.address < a; });
  for (; host != hosts_.end() && target.block->contains(host->summary.address); ++host) use(*host);
}

std::vector<std::string> SurveyIndex::names_of(const Host& host) const {
  std::vector<std::string> names;
  auto link = std::lower_bound(names_.begin(), names_.end(), std::pair(number_of(host), std::uint32_t{0}));
  for (; link != names_.end() && link->first == number_of(host); ++link) {
    const auto& name = targets_[link->second].row.name;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

TargetRow SurveyIndex::complete_row(const Target& target) const {
  TargetRow row = target.row;
  if (target.block) row.addresses.clear();
  for_each_host_of(target, [&](const Host& host) {
    row.verdict = row.verdict ? worse(*row.verdict, host.summary.verdict) : host.summary.verdict;
    if (target.block) row.addresses.push_back(host.summary.address);
  });
  return row;
}

void SurveyIndex::for_each_target(const std::function<void(const TargetRow&)>& use) const {
  for (const auto& target : targets_) use(complete_row(target));
}

void SurveyIndex::for_each_host(const std::function<void(const Host&)>& use) const {
  std::vector<bool> used(hosts_.size());
  for (const auto& target : targets_) {
    for_each_host_of(target, [&](const Host& host) {
      if (used[number_of(host)]) return;
      used[number_of(host)] = true;
      use(host);
    });
  }
}

}  // namespace edgesurvey
