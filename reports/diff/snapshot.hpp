// A survey as it is compared: of every host its judgement and of every target where it led, but no evidence.
// Some 200 bytes a host, so that two surveys fit into memory side by side.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey::diff {

struct Snapshot {
  Address address;
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::no_answer;
  Confidence confidence = Confidence::low;
  std::vector<Port> cls_open{};  // ascending
  RangeEstimate range{};
  WallTime scanned_at{};
  std::vector<std::string> names{};  // every target name that led here, as written; untrusted
};

// A target that is a name, or was skipped. Lines that name the same are one.
struct TargetSnapshot {
  std::string key;                      // a name as DNS compares it, anything else as written
  std::vector<Address> addresses{};     // where it led
  std::optional<SkipReason> skipped{};  // none of its addresses was judged
};

struct SurveySnapshot {
  RunFacts run{};
  std::uint64_t targets = 0;
  std::size_t sample = 0;                       // the most sample ports that were planned for a host
  std::vector<Snapshot> hosts{};                // ascending by address
  std::vector<TargetSnapshot> named_targets{};  // ascending by key

  const Snapshot* host(const Address& address) const;
  // By the name or address as written, however it is spelt.
  const TargetSnapshot* target(std::string_view name) const;
};

Snapshot snapshot_of(const HostReport& host);
// Reads the survey once, a host at a time. Throws ReadError.
SurveySnapshot snapshot_of(const SurveySource& survey);

}  // namespace edgesurvey::diff
