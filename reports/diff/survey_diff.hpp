// Two surveys compared: every host of either, with what became of it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "reports/diff/change.hpp"
#include "reports/diff/match.hpp"
#include "reports/diff/note.hpp"

namespace edgesurvey::diff {

struct Entry {
  const Snapshot* before = nullptr;  // null: appeared
  const Snapshot* now = nullptr;     // null: gone
  Change change = Change::same;
  bool counts_as_worse = false;
  std::vector<Note> notes{};

  // As it is now; as it was if it is gone.
  const Snapshot& shown() const { return now != nullptr ? *now : *before; }
  // The same verdict, and nothing else to say.
  bool is_unchanged() const { return change == Change::same && notes.empty(); }
};

class SurveyDiff {
 public:
  SurveyDiff(SurveySnapshot before, SurveySnapshot now);
  SurveyDiff(const SurveyDiff&) = delete;  // the entries point into its surveys
  SurveyDiff& operator=(const SurveyDiff&) = delete;
  ~SurveyDiff() = default;

  const SurveySnapshot& before() const { return before_; }
  const SurveySnapshot& now() const { return now_; }

  // Most important first: by change, then what counts as worse, then by verdict, then by address.
  const std::vector<Entry>& entries() const { return entries_; }
  std::uint64_t count(Change change) const { return counts_[static_cast<std::size_t>(change)]; }
  // How many entries count as worse (change.hpp).
  std::uint64_t worse() const { return worse_; }

 private:
  SurveySnapshot before_;
  SurveySnapshot now_;
  std::vector<Entry> entries_;
  std::array<std::uint64_t, all_changes.size()> counts_{};
  std::uint64_t worse_ = 0;
};

}  // namespace edgesurvey::diff
