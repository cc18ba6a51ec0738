// The question itself. A single attempt, waited for with patience: a loaded agent, a proxy or a relay in
// front may accept seconds later than a service does, and the kernel's further SYNs see to lost packets.
#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {

Want wants::cls(const Observed& o, const Question& q) {
  return o.first_of(o.plan().of(Role::cls), q, [](std::size_t) { return true; });
}

}  // namespace edgesurvey
