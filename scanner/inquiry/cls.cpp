// The question itself. A single attempt, waited for with patience: a loaded agent, a proxy or a relay in
// front may accept seconds later than a service does, and the kernel's further SYNs see to lost packets.
#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {

Want wants::cls(const Observed& o, const Question& q) {
  return o.first_of(o.plan().of(Role::cls), q, [](std::size_t) { return true; });
}

// A host that came up, or was out of reach, until after the last SYN to its CLS ports had left may not have
// heard any of them.
Want wants::cls_again(const Observed& o, const Question& q) {
  return o.first_of(o.plan().of(Role::cls), q, [&](std::size_t i) {
    const Tries& tries = o.log().tries(i);
    const Duration sending = (syns_sent_within(o.ports()[i].waited) - 1) * first_resend;
    return tries.in_flight == 0 && tries.fate == Fate::silent && tries.last + sending < o.log().first_heard();
  });
}

}  // namespace edgesurvey
