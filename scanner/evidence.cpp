#include "scanner/evidence.hpp"

namespace edgesurvey {
namespace {

// What is known of a port, or of a port asked again at the end, stays as it is.
template <typename Known>
bool takes_back(const Known& known, const ProbeOutcome& outcome) {
  return (known.answered() && !outcome.answered()) ||
         (known.state == PortState::open && outcome.state != PortState::open) ||
         (known.state != PortState::unknown && outcome.state == PortState::unknown);
}

template <typename Known>
void note_state(Known& known, unsigned number, const ProbeOutcome& outcome) {
  if (outcome.answered() && known.answered_at == 0) known.answered_at = static_cast<std::uint8_t>(number);
  known.state = outcome.state;
  known.reason = outcome.reason;
}

bool is_slower_refusal(const PortEvidence& port, const ProbeOutcome& outcome) {
  const bool both = port.state == PortState::closed && outcome.state == PortState::closed;
  return both && port.rtt > Duration::zero() && (outcome.rtt <= Duration::zero() || outcome.rtt >= port.rtt);
}

}  // namespace

void PortEvidence::note(unsigned number, const ProbeOutcome& outcome) {
  if (outcome.reason == Reason::no_response) ++given_up;
  if (is_slower_refusal(*this, outcome) || takes_back(*this, outcome)) return;
  note_state(*this, number, outcome);
  rtt = outcome.rtt;
  icmp = outcome.icmp;
}

void Recheck::note(unsigned number, const ProbeOutcome& outcome) {
  const bool peer_was_watched = state == PortState::open;
  if (peer_was_watched || takes_back(*this, outcome)) return;
  note_state(*this, number, outcome);
  peer = outcome.peer;
}

}  // namespace edgesurvey
