#include "scanner/inquiry/boundary_search.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "scanner/inquiry/second_look.hpp"
#include "scanner/judging/spans.hpp"

namespace edgesurvey {
namespace {

// So long spells of loss often are: one may have swallowed both tries of a port that was not asked before it.
constexpr Duration one_spell = std::chrono::milliseconds(800);

// No spell of loss swallows silences that are further apart.
constexpr Duration longest_spell = std::chrono::seconds(4);

// How many ports are asked at once between two neighbours. Where answers take long, more of them spare a
// round: with five, three rounds find what lies between two ports of the sample, and four with three.
unsigned asked_between(const Evidence& evidence, bool hurries) {
  constexpr Duration far_away = std::chrono::milliseconds(120);
  if (!hurries) return 1;
  return !evidence.syn_ack_rtts.empty() && evidence.syn_ack_rtts.back() > far_away ? 5 : 3;
}

}  // namespace

// Each round narrows every boundary down; the next is planned when the first tries of this one are in, or
// late.
bool BoundarySearch::plan(Time now, bool in_haste, Time late_before) {
  if (doubt_silences(now)) return true;
  const bool hurries = rules_.hurries(in_haste);
  const auto ports = boundary_ports_to_ask(evidence_, asked_between(evidence_, hurries), late_before);
  if (ports.empty()) {
    doubt_ends(now, hurries, late_before);
    return false;
  }
  const auto rests_on = hurries ? silences_beside_search(evidence_, late_before) : std::vector<std::size_t>{};
  for (const Port port : ports) {
    agenda_.ask(port_task(evidence_.ports.size()), now);
    evidence_.ports.push_back({.port = port, .role = Role::boundary});
  }
  // What the round rests on is asked again beside it: if that was a lost packet, one round is in vain, and
  // not all that follow.
  for (const std::size_t index : rests_on)
    if (evidence_.ports[index].attempts == 1) ask_again(agenda_, evidence_, rules_, index, now);
  return true;
}

// Where a search has come to its end, the silence there is asked again, and once more where packets are being
// lost: if it was a lost packet, the search goes on.
void BoundarySearch::doubt_ends(Time now, bool hurries, Time late_before) {
  const bool once_more = answered_late(evidence_);
  const auto pause_after = [&](unsigned attempts) {
    return rules_.pause_after(attempts) / (hurries ? 2 : 1);
  };
  for (const std::size_t index : silences_at_boundaries(evidence_, late_before)) {
    const unsigned attempts = evidence_.ports[index].attempts;
    const bool asked = attempts == 1 && ask_again(agenda_, evidence_, rules_, index, now);
    if (asked && once_more && rules_.leaves_a_try(2)) agenda_.ask(port_task(index), now + pause_after(1));
    if (attempts > 1 && once_more)
      ask_again(agenda_, evidence_, rules_, index, now + pause_after(attempts - 1));
  }
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
    const bool asked_since = port.attempts > 1 && (port.attempts > 2 || port.asked + one_spell < now);
    if (port.role == Role::boundary && port.is_silent() && !asked_since) doubtful.push_back(i);
  }
  if (doubtful.empty()) return false;
  const Duration apart = evidence_.ports[doubtful.back()].asked - evidence_.ports[doubtful.front()].asked;
  if (apart > longest_spell) return false;
  for (const std::size_t index : doubtful) ask_again(agenda_, evidence_, rules_, index, now);
  return true;
}

}  // namespace edgesurvey
