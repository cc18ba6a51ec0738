// A survey as a whole: the run's facts, what became of every target, and the counts and shares.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scanner/judging/statistics.hpp"
#include "scanner/judging/verdict.hpp"
#include "scanner/survey/host_report.hpp"
#include "targets/skip_reason.hpp"
#include "targets/target_list.hpp"

namespace edgesurvey {

struct RunFacts {
  std::string tool_version;
  WallTime started{};
  WallTime finished{};
  std::vector<std::string> arguments;  // as given, program name left out
  std::uint64_t seed = 0;
  std::string pace;       // "polite", "normal", "fast", or "custom" when a rate was given
  double rate = 0;        // probes/s in all; 0: unpaced
  double host_rate = 0;   // probes/s to one host; 0: unpaced
  std::string vantage;    // where from: the host name of the scanning machine, or --vantage
  bool complete = false;  // every target was resolved and every probe run
};

// What became of one target: its addresses that were probed, or why it was not.
struct TargetOutcome {
  std::uint64_t index = 0;              // into the TargetList
  std::vector<Address> addresses{};     // of a name: probed addresses; a block's are its own members
  std::optional<SkipReason> skipped{};  // set when no address of it was probed
  std::string detail{};                 // for people: what DNS said, which addresses were refused; printable
};

// Counts as hosts and targets come in; its answers stand in every report's summary.
class SurveySummary {
 public:
  void add_target() { ++targets_; }
  void add_skipped(SkipReason reason) { ++skipped_[static_cast<std::size_t>(reason)]; }
  void add_host(Verdict verdict, const ProbeLedger& ledger);

  std::uint64_t targets() const { return targets_; }
  std::uint64_t addresses() const { return addresses_; }
  std::uint64_t count(Verdict verdict) const { return verdicts_[static_cast<std::size_t>(verdict)]; }
  std::uint64_t skipped(SkipReason reason) const { return skipped_[static_cast<std::size_t>(reason)]; }
  std::uint64_t skipped() const;
  // Of all judged addresses, with the exact 95 % interval.
  Interval share(Verdict verdict) const { return proportion(count(verdict), addresses_); }
  const ProbeLedger& probes() const { return probes_; }

 private:
  std::uint64_t targets_ = 0;
  std::uint64_t addresses_ = 0;
  std::array<std::uint64_t, 4> verdicts_{};
  std::array<std::uint64_t, 9> skipped_{};
  ProbeLedger probes_;
};

}  // namespace edgesurvey
