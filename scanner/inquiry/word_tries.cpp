#include "scanner/inquiry/word_tries.hpp"

#include <algorithm>
#include <chrono>

namespace edgesurvey {
namespace {

// What a host that no longer answers has to outlast to be called gone: in haste since the bracket's first
// try; since its first SYN; and where doubt came up in mid-scan since then, or in haste since it was last
// heard. What is left out then is not asked later, so that it is longer where nobody waits for the host.
constexpr Duration shortest_spell = std::chrono::milliseconds(1000);
constexpr Duration longest_spell = std::chrono::milliseconds(2700);
constexpr Duration spell_in_haste = std::chrono::milliseconds(2200);
constexpr Duration spell_at_leisure = std::chrono::milliseconds(4000);

}  // namespace

void WordTries::asked(TaskId task, unsigned attempts, Time now, bool hurries) {
  if (hurries && !confirms(task))
    ask_bracket_in_haste(attempts, now);
  else if (rules_.leaves_a_try(attempts))
    ask_again(task, attempts, now, hurries);
}

void WordTries::ask_again(TaskId task, unsigned attempts, Time now, bool hurries) {
  const Time late = now + rtt_.late_after() + rules_.pause_after(attempts);
  if (attempts == 1 && rules_.retries > 1) return agenda_.ask(task, late);
  const Duration more_time = hurries ? Duration{} : rules_.pause_after(2);
  agenda_.ask(task, std::max(late + more_time, spell_has_passed_at(hurries)));
}

// A single packet that was lost shows at once. One try more than other ports have, and as late as it takes,
// is for the spells.
void WordTries::ask_bracket_in_haste(unsigned attempts, Time now) {
  if (attempts == 1) bracket_asked_ = now;
  const Time late = now + rtt_.late_after();
  if (rules_.leaves_a_try(attempts))
    agenda_.ask(bracket_task, late + rules_.pause_after(attempts - 1));
  else if (rules_.leaves_one_more(attempts))
    agenda_.ask(bracket_task, std::max({late, bracket_asked_ + shortest_spell, spell_has_passed_at(true)}));
}

// That the host has gone is not concluded from a spell of loss, though it be as long as a quick scan or,
// where there is time, fall on the end of a slow one.
Time WordTries::spell_has_passed_at(bool hurries) const {
  const Time outlasted = began_ + longest_spell;
  if (!in_flight_.host_is_in_doubt()) return outlasted;
  return std::max(outlasted, hurries ? in_flight_.last_heard() + spell_in_haste
                                     : in_flight_.in_doubt_since() + spell_at_leisure);
}

}  // namespace edgesurvey
