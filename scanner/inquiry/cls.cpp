// The question itself. A single attempt, waited for with patience: a loaded agent, a proxy or a relay in
// front may accept seconds later than a service does, and the kernel's further SYNs see to lost packets.
#include <vector>

#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {

Want wants::cls(const Observed& o, const Question& q) {
  return o.first_of(o.plan().of(Role::cls), q, [](std::size_t) { return true; });
}

// From another source port. Nodes behind one address may differ, a route that flaps has no way for seconds
// (RFC 1122, 4.2.3.9: a soft error), and a full SYN queue may reset. And a host that came up, or was out of
// reach, until after the last SYN to its CLS ports had left may not have heard any of them.
Want wants::cls_again(const Observed& o, const Question& q) {
  // Where no other strange port answers, all rests on them.
  const bool alone =
      o.sample_left() == 0 && o.count(Role::sample).answers() + o.count(Role::control).answers() == 0;
  Want want;
  for (const std::size_t i : o.plan().of(Role::cls)) {
    const Tries& tries = o.log().tries(i);
    const PortEvidence& port = o.ports()[i];
    const bool refused = tries.fate == Fate::refused;
    const bool in_front = refused && o.log().distance().refuser_of(port) == Refuser::in_front;
    const unsigned most = std::min(o.most_tries(q), alone && !in_front ? 3U : 2U);
    const Duration sending = (syns_sent_within(port.waited) - 1) * first_resend;
    const bool unheard = tries.fate == Fate::silent && tries.last + sending < o.log().first_heard();
    const bool doubtful = unheard || refused || is_routing_error(port.reason);
    if (!doubtful || tries.in_flight > 0 || tries.made + tries.failed >= most) continue;
    want.take_if_earlier({tries.last + q.apart, port.port, in_front});
  }
  return want;
}

// One that is silent is asked again where another accepted: a run has no holes but by loss.
Want wants::cls_neighbour(const Observed& o, const Question& q) {
  if (o.count(Role::cls)[Fate::open] == 0) return {};
  std::vector<std::size_t> silent;
  bool accepted = false;
  for (const Port neighbour : cls_neighbours) {
    const auto index = o.asked(neighbour);
    if (!index) return {.not_before = o.at(), .port = neighbour};
    accepted |= o.fate(*index) == Fate::open;
    if (o.fate(*index) == Fate::silent) silent.push_back(*index);
  }
  return o.first_of(silent, q, [&](std::size_t) { return accepted; });
}

}  // namespace edgesurvey
