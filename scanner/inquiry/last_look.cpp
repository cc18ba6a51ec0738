#include "scanner/inquiry/last_look.hpp"

#include <algorithm>

#include "scanner/inquiry/second_look.hpp"

namespace edgesurvey {
namespace {

std::size_t answers(const Evidence& evidence) {
  return static_cast<std::size_t>(std::count_if(evidence.ports.begin(), evidence.ports.end(),
                                                [](const PortEvidence& port) { return port.answered(); }));
}

}  // namespace

void LastLook::look_ahead(Time first) {
  if (silences_ahead_ || rules_.retries == 0 || looks_ > 0) return;
  const auto silences = silences_worth_a_last_look(evidence_);
  silences_ahead_ = silences.size();
  for (const std::size_t index : silences) {
    agenda_.ask(port_task(index), first);
    agenda_.ask(port_task(index), first + between_looks);
  }
}

// Spells of loss last about as long as one look with its pause: two tries outlast most of them. What they
// bring may be a reason to look once more, at more. Of silences that were looked at ahead, the same after it
// need no other, unless more than a packet of the bracket was lost.
void LastLook::plan(Time now) {
  const std::size_t heard = answers(evidence_);
  const bool brought_something = looks_ > 0 && heard > heard_before_;
  const bool looks = looks_ == 0 || (looks_ == 1 && brought_something);
  if (!looks || rules_.retries == 0 || !packets_were_lost(evidence_)) return;
  heard_before_ = heard;
  const bool twice = looks_++ == 0;
  const auto look_at = [&](TaskId task) {
    agenda_.ask(task, now);
    if (twice) agenda_.ask(task, now + between_looks);
  };
  for (std::size_t i = 0; i < evidence_.confirm.size(); ++i)
    if (!evidence_.confirm[i].answered()) look_at(confirm_task(i));
  const auto silences = silences_worth_a_last_look(evidence_);
  if (twice && silences_ahead_ == silences.size() && evidence_.bracket->answered_at <= 2) return;
  for (const std::size_t index : silences) look_at(port_task(index));
}

}  // namespace edgesurvey
