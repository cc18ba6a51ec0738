#include "reports/diff/caveat.hpp"

#include <algorithm>
#include <array>

#include "reports/text/escape.hpp"
#include "reports/text/terminal.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey::diff {
namespace {

using namespace std::string_view_literals;

constexpr std::array caveat_names{"nothing-in-common"sv, "wrong-order"sv,   "old-incomplete"sv,
                                  "new-incomplete"sv,    "other-vantage"sv, "other-sample"sv,
                                  "other-seed"sv};

bool nothing_in_common(const SurveyDiff& diff) {
  const auto& entries = diff.entries();
  return !diff.before().hosts.empty() && !diff.now().hosts.empty() &&
         std::none_of(entries.begin(), entries.end(),
                      [](const Entry& entry) { return entry.before != nullptr && entry.now != nullptr; });
}

std::string shown(const std::string& vantage) {
  constexpr std::size_t max_columns = 40;
  return fit(printable(vantage), max_columns);
}

std::string both(const std::string& before, const std::string& now) {
  return " (" + before + ", now " + now + ")";
}

}  // namespace

std::string_view to_string(CaveatCode code) {
  return caveat_names.at(static_cast<std::size_t>(code));
}

std::vector<Caveat> caveats_of(const SurveyDiff& diff) {
  std::vector<Caveat> caveats;
  const auto add = [&](bool applies, CaveatCode code, const std::string& text) {
    if (applies) caveats.push_back({.code = code, .text = text});
  };
  const auto& before = diff.before();
  const auto& now = diff.now();
  add(nothing_in_common(diff), CaveatCode::nothing_in_common, "the surveys have no host in common");
  add(now.run.started < before.run.started, CaveatCode::wrong_order,
      "the new survey is older than the old one");
  add(!before.run.complete, CaveatCode::old_incomplete, "the old survey is incomplete");
  add(!now.run.complete, CaveatCode::new_incomplete, "the new survey is incomplete");
  add(before.run.vantage != now.run.vantage, CaveatCode::other_vantage,
      "seen from another place, which firewalls may treat differently" +
          both(shown(before.run.vantage), shown(now.run.vantage)));
  add(before.sample != now.sample && before.sample > 0 && now.sample > 0, CaveatCode::other_sample,
      "another sample size" + both(std::to_string(before.sample), std::to_string(now.sample)));
  add(before.run.seed != now.run.seed, CaveatCode::other_seed,
      "another seed, so other ports were asked" +
          both(std::to_string(before.run.seed), std::to_string(now.run.seed)));
  return caveats;
}

std::string in_one_sentence(const std::vector<Caveat>& caveats) {
  std::string text;
  for (const auto& caveat : caveats) text += (text.empty() ? "Compare with care: " : "; ") + caveat.text;
  return text.empty() ? text : text + ".";
}

}  // namespace edgesurvey::diff
