// Ports outside the range: an answer from inside it says nothing of the range unless these are silent.
#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {

Want wants::control(const Observed& o, const Question& q) {
  return o.first_of(o.plan().of(Role::control), q, [](std::size_t) { return true; });
}

// Where all are silent two of them are asked again; once one is heard, all.
Want wants::control_again(const Observed& o, const Question& q) {
  if (!o.glance().rests_on_controls) return {};
  constexpr std::size_t enough = 2;
  const auto controls = o.plan().of(Role::control);
  std::size_t asked_again = 0;
  for (std::size_t i = controls.first; i < controls.last; ++i)
    asked_again += o.log().tries(i).made > 1 ? 1U : 0U;
  if (!o.glance().control_heard && asked_again >= enough) return {};
  return o.first_of(controls, q, [&](std::size_t i) { return o.fate(i) == Fate::silent; });
}

}  // namespace edgesurvey
