#include "reports/diff/match.hpp"

#include <algorithm>
#include <optional>

namespace edgesurvey::diff {
namespace {

// One survey, and who of it has found its match.
class Side {
 public:
  explicit Side(const SurveySnapshot& survey) : survey_(survey), matched_(survey.hosts.size()) {}

  void set_matched(const Snapshot* host) { matched_[number_of(host)] = true; }

  // Those that have no match yet, worst first.
  std::vector<const Snapshot*> lonely(const std::vector<Address>& addresses,
                                      std::optional<Family> family) const {
    std::vector<const Snapshot*> hosts;
    for (const auto& address : addresses) {
      const auto* host = survey_.host(address);
      if (host == nullptr || matched_[number_of(host)]) continue;
      if (!family || address.family() == *family) hosts.push_back(host);
    }
    std::sort(hosts.begin(), hosts.end(), [](const Snapshot* a, const Snapshot* b) {
      if (a->verdict != b->verdict) return severity(a->verdict) > severity(b->verdict);
      return a->address < b->address;
    });
    hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
    return hosts;
  }

  template <typename Use>
  void for_each_lonely(Use use) const {
    for (const auto& host : survey_.hosts)
      if (!matched_[number_of(&host)]) use(&host);
  }

 private:
  std::size_t number_of(const Snapshot* host) const {
    return static_cast<std::size_t>(host - survey_.hosts.data());
  }

  const SurveySnapshot& survey_;
  std::vector<bool> matched_;
};

class Matcher {
 public:
  Matcher(const SurveySnapshot& before, const SurveySnapshot& now)
      : before_(before), now_(now), old_side_(before), new_side_(now) {}

  std::vector<Match> run() {
    match_addresses();
    match_names();
    old_side_.for_each_lonely([&](const Snapshot* host) { matches_.push_back({.before = host}); });
    new_side_.for_each_lonely(
        [&](const Snapshot* host) { matches_.push_back({.before = nullptr, .now = host}); });
    return std::move(matches_);
  }

 private:
  void take(const Snapshot* before, const Snapshot* now) {
    old_side_.set_matched(before);
    new_side_.set_matched(now);
    matches_.push_back({.before = before, .now = now});
  }

  void match_addresses() {
    auto now = now_.hosts.begin();
    for (const auto& before : before_.hosts) {
      while (now != now_.hosts.end() && now->address < before.address) ++now;
      if (now != now_.hosts.end() && now->address == before.address) take(&before, &*now);
    }
  }

  // In the order of the names, not of either survey's input: so it does not matter which side is which.
  void match_names() {
    auto now = now_.named_targets.begin();
    for (const auto& before : before_.named_targets) {
      while (now != now_.named_targets.end() && now->key < before.key) ++now;
      if (now == now_.named_targets.end()) return;
      if (now->key != before.key) continue;
      match_in_pairs(before, *now, Family::ipv4);
      match_in_pairs(before, *now, Family::ipv6);
      match_in_pairs(before, *now, std::nullopt);
    }
  }

  void match_in_pairs(const TargetSnapshot& before, const TargetSnapshot& now, std::optional<Family> family) {
    const auto lost = old_side_.lonely(before.addresses, family);
    const auto gained = new_side_.lonely(now.addresses, family);
    for (std::size_t i = 0; i < std::min(lost.size(), gained.size()); ++i) take(lost[i], gained[i]);
  }

  const SurveySnapshot& before_;
  const SurveySnapshot& now_;
  Side old_side_;
  Side new_side_;
  std::vector<Match> matches_;
};

}  // namespace

std::vector<Match> match(const SurveySnapshot& before, const SurveySnapshot& now) {
  return Matcher(before, now).run();
}

}  // namespace edgesurvey::diff
