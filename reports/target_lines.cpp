#include "reports/target_lines.hpp"

#include <algorithm>

#include "reports/target_origin.hpp"

namespace edgesurvey {

TargetLines::TargetLines(const SurveySource& survey) {
  survey.for_each_target([this](const TargetRow& target) {
    if (!is_from_file(target.source)) return;
    const auto source = number_of(target.source);
    for (const auto& address : target.addresses) {
      entries_.push_back(
          {.address = address, .source = source, .line = static_cast<std::uint32_t>(target.line)});
    }
  });
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.address < b.address; });
}

// A survey has few files, and its targets come file by file: the last one first.
std::uint32_t TargetLines::number_of(const std::string& source) {
  const auto found = std::find(sources_.rbegin(), sources_.rend(), source);
  if (found == sources_.rend()) {
    sources_.push_back(source);
    return static_cast<std::uint32_t>(sources_.size() - 1);
  }
  return static_cast<std::uint32_t>(sources_.rend() - found - 1);
}

std::vector<TargetLines::Line> TargetLines::of(const Address& address) const {
  std::vector<Line> lines;
  auto entry = std::lower_bound(entries_.begin(), entries_.end(), address,
                                [](const Entry& e, const Address& a) { return e.address < a; });
  for (; entry != entries_.end() && entry->address == address; ++entry) {
    lines.push_back({.source = sources_[entry->source], .line = entry->line});
  }
  return lines;
}

}  // namespace edgesurvey
