#include "reports/html/host_labels.hpp"

#include <algorithm>
#include <map>

namespace edgesurvey::html {
namespace {

HostLabels::Label label_of(const std::vector<Tag>& tags) {
  HostLabels::Label label;
  for (const auto& tag : tags) {
    if (tag.key == "org") {
      label.organisation = tag.value;
      continue;
    }
    label.other_tags += (label.other_tags.empty() ? "" : " ") + tag.key + "=" + tag.value;
  }
  return label;
}

constexpr auto by_address = [](const auto& a, const auto& b) { return a.first < b.first; };

}  // namespace

HostLabels::HostLabels(const SurveySource& survey) : labels_(1) {
  std::map<Label, LabelNumber> numbers;
  survey.for_each_target([&](const TargetRow& target) {
    if (target.tags.empty() || target.addresses.empty()) return;
    const auto [known, is_new] =
        numbers.try_emplace(label_of(target.tags), static_cast<LabelNumber>(labels_.size()));
    if (is_new) labels_.push_back(known->first);
    for (const auto& address : target.addresses) by_address_.emplace_back(address, known->second);
  });
  std::stable_sort(by_address_.begin(), by_address_.end(), by_address);
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  by_address_.erase(std::unique(by_address_.begin(), by_address_.end(), same), by_address_.end());
}

const HostLabels::Label& HostLabels::of(const Address& address) const {
  const auto at = std::lower_bound(by_address_.begin(), by_address_.end(), std::pair(address, LabelNumber{0}),
                                   by_address);
  return labels_[at != by_address_.end() && at->first == address ? at->second : 0];
}

}  // namespace edgesurvey::html
