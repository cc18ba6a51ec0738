// Ports outside the range: an answer from inside it says nothing of the range unless these are silent.
#include "scanner/inquiry/questions.hpp"
#include "scanner/judging/facts.hpp"

namespace edgesurvey {

Want wants::control(const Observed& o, const Question& q) {
  return o.first_of(o.plan().of(Role::control), q, [](std::size_t) { return true; });
}

// Where all are silent as many are asked again as a verdict needs; once one is heard, all.
Want wants::control_again(const Observed& o, const Question& q) {
  if (!o.glance().rests_on_controls) return {};
  const auto controls = o.plan().of(Role::control);
  std::size_t asked_again = 0;
  for (std::size_t i = controls.first; i < controls.last; ++i)
    asked_again += o.log().tries(i).made > 1 ? 1U : 0U;
  if (!o.glance().control_heard && asked_again >= fewest_controls) return {};
  return o.first_of(controls, q, [&](std::size_t i) { return o.fate(i) == Fate::silent; });
}

}  // namespace edgesurvey
