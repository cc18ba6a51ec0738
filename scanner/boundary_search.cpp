#include "scanner/boundary_search.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "scanner/second_look.hpp"
#include "scanner/spans.hpp"

namespace edgesurvey {
namespace {

// No spell of loss swallows silences that are further apart.
constexpr Duration longest_spell = std::chrono::seconds(4);

unsigned asked_between(const ScanRules& rules, bool in_haste) {
  return in_haste && !rules.is_slow() ? 3 : 1;
}

}  // namespace

// Each round narrows every boundary down; the next is planned when the first tries of this one are in. Where
// a search has come to its end, the silence there is asked again, and once more where packets are being lost:
// if it was a lost packet, the search goes on.
bool BoundarySearch::plan(Time now, bool in_haste, Time late_before) {
  if (doubt_silences(now)) return true;
  const auto ports = boundary_ports_to_ask(evidence_, asked_between(rules_, in_haste), late_before);
  for (const Port port : ports) {
    agenda_.ask(port_task(evidence_.ports.size()), now);
    evidence_.ports.push_back({.port = port, .role = Role::boundary});
  }
  if (!ports.empty()) return true;
  const bool once_more = answered_late(evidence_);
  for (const std::size_t index : silences_at_boundaries(evidence_)) {
    const unsigned attempts = evidence_.ports[index].attempts;
    const bool asked = attempts == 1 && ask_again(agenda_, evidence_, rules_, index, now);
    if (asked && once_more && rules_.leaves_a_try(2))
      agenda_.ask(port_task(index), now + rules_.pause_after(1));
    if (attempts > 1 && once_more)
      ask_again(agenda_, evidence_, rules_, index, now + rules_.pause_after(attempts - 1));
  }
  return false;
}

// Where one silence of the search was a lost packet, a spell may have swallowed others, and the search would
// walk from one of them to the next. They are asked again all at once, unless they are too far apart.
bool BoundarySearch::doubt_silences(Time now) {
  const auto found_wrong = [](const PortEvidence& port) {
    return port.role == Role::boundary && port.answered_late();
  };
  if (doubted_ || std::none_of(evidence_.ports.begin(), evidence_.ports.end(), found_wrong)) return false;
  doubted_ = true;
  std::vector<std::size_t> doubtful;  // in the order asked
  for (std::size_t i = 0; i < evidence_.ports.size(); ++i) {
    const auto& port = evidence_.ports[i];
    if (port.role == Role::boundary && port.attempts == 1 && port.reason == Reason::no_response)
      doubtful.push_back(i);
  }
  if (doubtful.empty()) return false;
  const Duration apart = evidence_.ports[doubtful.back()].asked - evidence_.ports[doubtful.front()].asked;
  if (apart > longest_spell) return false;
  for (const std::size_t index : doubtful) ask_again(agenda_, evidence_, rules_, index, now);
  return true;
}

}  // namespace edgesurvey
