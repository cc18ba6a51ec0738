// Ports outside the range: an answer from inside it says nothing of the range unless these are silent. Those
// that are silent are then asked again: as many as a verdict needs, and once one is heard, all.
#include "scanner/inquiry/questions.hpp"
#include "scanner/judging/facts.hpp"

namespace edgesurvey {

Want wants::control(const Observed& o, const Question& q) {
  const auto controls = o.plan().of(Role::control);
  unsigned asked_again = 0;
  for (std::size_t i = controls.first; i < controls.last; ++i) asked_again += o.log().tries(i).made > 1;
  const bool again =
      o.rests_on_controls() && (o.count(Role::control).answers() > 0 || asked_again < fewest_controls);
  return o.first_of(controls, q, [&](std::size_t i) {
    return o.log().tries(i).made == 0 || (again && o.fate(i) == Fate::silent);
  });
}

}  // namespace edgesurvey
