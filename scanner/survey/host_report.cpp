#include "scanner/survey/host_report.hpp"

namespace edgesurvey {
namespace {

std::uint64_t& bucket_of(ProbeLedger& ledger, const PortEvidence& port) {
  switch (port.state) {
    case PortState::open:
      return ledger.open;
    case PortState::closed:
      return ledger.closed;
    case PortState::filtered:
      return ledger.filtered;
    case PortState::unknown:
      break;
  }
  return port.reason == Reason::not_run ? ledger.not_run : ledger.unknown;
}

}  // namespace

ProbeLedger& ProbeLedger::operator+=(const ProbeLedger& other) {
  planned += other.planned;
  open += other.open;
  closed += other.closed;
  filtered += other.filtered;
  unknown += other.unknown;
  not_run += other.not_run;
  attempts += other.attempts;
  return *this;
}

ProbeLedger ledger_of(const Evidence& evidence) {
  ProbeLedger ledger;
  ledger.attempts = evidence.other_attempts;
  for (const auto& port : evidence.ports) {
    ++ledger.planned;
    ++bucket_of(ledger, port);
    ledger.attempts += port.attempts;
  }
  for (const auto& recheck : evidence.confirm) ledger.attempts += recheck.attempts;
  if (evidence.liveness) ledger.attempts += evidence.liveness->attempts;
  return ledger;
}

}  // namespace edgesurvey
