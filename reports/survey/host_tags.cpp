#include "reports/survey/host_tags.hpp"

#include <algorithm>

namespace edgesurvey {
namespace {

constexpr auto by_address = [](const auto& a, const auto& b) { return a.first < b.first; };

}  // namespace

HostTags::HostTags(const SurveySource& survey) {
  survey.for_each_target([this](const TargetRow& target) {
    if (target.tags.empty() || target.addresses.empty()) return;
    // Lists come organisation by organisation: neighbours mostly share their tags.
    if (sets_.empty() || sets_.back() != target.tags) sets_.push_back(target.tags);
    const auto number = static_cast<SetNumber>(sets_.size() - 1);
    for (const auto& address : target.addresses) by_address_.emplace_back(address, number);
  });
  std::stable_sort(by_address_.begin(), by_address_.end(), by_address);
}

std::vector<Tag> HostTags::of(const Address& address) const {
  std::vector<Tag> tags;
  const auto [first, last] =
      std::equal_range(by_address_.begin(), by_address_.end(), std::pair(address, SetNumber{0}), by_address);
  for (auto each = first; each != last; ++each) {
    const auto& set = sets_[each->second];
    tags.insert(tags.end(), set.begin(), set.end());
  }
  return tags;
}

}  // namespace edgesurvey
