#include "reports/html/overview.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace edgesurvey::html {

Overview::Overview(const SurveySource& survey, const HostLabels& labels) {
  std::map<std::string, Organisation> by_name;
  survey.for_each_summary([&](const HostSummary& host) {
    const auto verdict = host.verdict;
    addresses_[static_cast<std::size_t>(verdict)].push_back(host.address);
    const auto& name = labels.of(host.address).organisation;
    if (name.empty()) return;
    auto& organisation = by_name[name];
    ++organisation.addresses;
    organisation.exposed += verdict == Verdict::cls_exposed ? 1 : 0;
    organisation.range_open += verdict == Verdict::media_range_open ? 1 : 0;
  });
  for (auto& [name, organisation] : by_name) {
    organisation.name = name;
    organisations_.push_back(std::move(organisation));
  }
  std::stable_sort(organisations_.begin(), organisations_.end(), [](const auto& a, const auto& b) {
    return std::tie(b.exposed, b.range_open) < std::tie(a.exposed, a.range_open);
  });
}

void Overview::for_each_host(const SurveySource& survey,
                             const std::function<void(const HostReport&)>& use) const {
  for (const auto verdict : all_verdicts) {
    for (const auto& address : addresses_[static_cast<std::size_t>(verdict)]) {
      if (const auto host = survey.host(address)) use(*host);
    }
  }
}

std::uint64_t Overview::exposed_organisations() const {
  return static_cast<std::uint64_t>(std::count_if(organisations_.begin(), organisations_.end(),
                                                  [](const auto& o) { return o.exposed > 0; }));
}

}  // namespace edgesurvey::html
