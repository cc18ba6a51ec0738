// What an Edge offers the world: one answer shows that the host lives, and how far away it is. After that a
// second attempt of the others is courtesy enough.
#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {

Want wants::service(const Observed& o, const Question& q) {
  constexpr unsigned enough_beside_another = 2;  // of those lost at one in ten, one in a hundred is missed
  const auto cls = o.plan().of(Role::cls);
  // At a slow pace further attempts would keep the question itself waiting for seconds.
  const bool asks_again = o.fate(cls.last - 1) != Fate::unasked;
  return o.first_of(o.plan().of(Role::service), q, [&](std::size_t i) {
    if (o.log().tries(i).made > 0 && !asks_again) return false;
    return o.count(Role::service)[Fate::open] == 0 || o.log().tries(i).made < enough_beside_another;
  });
}

}  // namespace edgesurvey
