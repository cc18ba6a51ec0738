#include "cli/survey/same_names.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>

namespace edgesurvey {
namespace {

std::string ascii_of(const TargetStore& targets, std::uint32_t target) {
  return std::get<HostName>(targets.what(target)).ascii();
}

}  // namespace

std::vector<SameNames::Hashed> SameNames::hashed_names(const TargetStore& targets) {
  std::vector<Hashed> names;
  names.reserve(targets.names());
  for (std::uint32_t target = 0; target < targets.size(); ++target)
    if (targets.is_name(target))
      names.push_back({std::hash<std::string>()(ascii_of(targets, target)), target});
  std::sort(names.begin(), names.end());
  return names;
}

SameNames::SameNames(const TargetStore& targets) : next_(targets.size(), none) {
  const auto names = hashed_names(targets);
  firsts_.reserve(names.size());
  for (auto begin = names.begin(); begin != names.end();) {
    const auto end = std::find_if(begin, names.end(), [&](const Hashed& n) { return n.hash != begin->hash; });
    if (end - begin == 1)
      firsts_.push_back(begin->target);
    else
      link(targets, {begin, end});
    begin = end;
  }
  std::sort(firsts_.begin(), firsts_.end());
}

void SameNames::link(const TargetStore& targets, std::span<const Hashed> of_one_hash) {
  std::map<std::string, std::uint32_t> last;
  for (const auto& [hash, target] : of_one_hash) {
    const auto [place, is_first] = last.try_emplace(ascii_of(targets, target), target);
    if (is_first)
      firsts_.push_back(target);
    else
      next_[std::exchange(place->second, target)] = target;
  }
}

}  // namespace edgesurvey
