#include "reports/diff/survey_diff.hpp"

#include <algorithm>
#include <tuple>

namespace edgesurvey::diff {
namespace {

Entry entry_of(const Match& match, const SurveySnapshot& before, const SurveySnapshot& now) {
  const Change change = change_of(match.before, match.now);
  return {.before = match.before,
          .now = match.now,
          .change = change,
          .counts_as_worse = counts_as_worse(change, match.now),
          .notes = notes_of(match, before, now)};
}

// -1: no verdict.
int severity_of(const Snapshot* host) {
  return host == nullptr ? -1 : severity(host->verdict);
}

bool stands_before(const Entry& a, const Entry& b) {
  const auto rank = [](const Entry& entry) {
    return std::tuple(entry.change, !entry.counts_as_worse, entry.is_unchanged(), -severity_of(entry.now),
                      -severity_of(entry.before));
  };
  const auto rank_a = rank(a);
  const auto rank_b = rank(b);
  return rank_a != rank_b ? rank_a < rank_b : a.shown().address < b.shown().address;
}

}  // namespace

SurveyDiff::SurveyDiff(SurveySnapshot before, SurveySnapshot now)
    : before_(std::move(before)), now_(std::move(now)) {
  for (const auto& match : match(before_, now_)) {
    entries_.push_back(entry_of(match, before_, now_));
    ++counts_.at(static_cast<std::size_t>(entries_.back().change));
    if (entries_.back().counts_as_worse) ++worse_;
  }
  std::sort(entries_.begin(), entries_.end(), stands_before);
}

}  // namespace edgesurvey::diff
