// One run of a survey as a history keeps it: when, from where, and what it counted.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

// What makes a run that run and no other: when it started, its seed, its vantage and its arguments, as a
// name-based UUID (RFC 4122, version 5). The same in memory, in a journal and in a result.
using RunIdentity = std::array<std::uint8_t, 16>;

struct RunRecord {
  RunIdentity identity{};
  WallTime started{};
  WallTime finished{};
  std::uint64_t seed = 0;
  std::string pace;
  std::string vantage;
  bool complete = false;
  std::uint64_t targets = 0;
  std::uint64_t skipped = 0;
  std::array<std::uint64_t, all_verdicts.size()> verdicts{};  // addresses, by Verdict

  std::uint64_t count(Verdict verdict) const { return verdicts.at(static_cast<std::size_t>(verdict)); }
  std::uint64_t addresses() const;
  // Of all judged addresses, with the exact 95 % interval.
  Interval share(Verdict verdict) const { return proportion(count(verdict), addresses()); }
};

RunRecord record_of(const SurveySource& survey);

// Where the runs were made from: each vantage once, in the order of the runs. More than one and their shares
// are no longer of one thing: a firewall may treat another source differently.
std::vector<std::string> vantages_of(const std::vector<RunRecord>& runs);

}  // namespace edgesurvey
