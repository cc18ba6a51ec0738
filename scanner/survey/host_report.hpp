// One address, judged: what the journal keeps a line of and every report shows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/judging/verdict.hpp"
#include "scanner/time.hpp"

namespace edgesurvey {

// Where every planned probe went. planned == open + closed + filtered + unknown + not_run, always; attempts
// counts SYNs asked for, retries and rechecks included.
struct ProbeLedger {
  std::uint64_t planned = 0;
  std::uint64_t open = 0;
  std::uint64_t closed = 0;
  std::uint64_t filtered = 0;
  std::uint64_t unknown = 0;  // local-error
  std::uint64_t not_run = 0;
  std::uint64_t attempts = 0;

  bool adds_up() const { return planned == open + closed + filtered + unknown + not_run; }
  ProbeLedger& operator+=(const ProbeLedger& other);
  friend bool operator==(const ProbeLedger&, const ProbeLedger&) = default;
};

ProbeLedger ledger_of(const Evidence& evidence);

struct HostReport {
  Evidence evidence{};
  Judgement judgement{};
  WallTime scanned_at{};  // when its last probe ended
  std::vector<std::string>
      names{};  // every target name that led here, in input order; filled when a report is made
};

}  // namespace edgesurvey
