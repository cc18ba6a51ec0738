// The question itself. A single attempt, waited for with patience: a loaded agent, a proxy or a relay in
// front may accept seconds later than a service does, and the kernel's further SYNs see to lost packets.
#include <vector>

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

// Nodes behind one address may differ, a route that flaps has no way for seconds, and a full SYN queue may
// reset: CLS ports that were refused, and whatever decides that a router had no way to (RFC 1122, 4.2.3.9:
// soft errors), are asked once more, from another source port.
Want wants::cls_refused(const Observed& o, const Question& q) {
  Want want;
  const auto services = o.plan().of(Role::service);
  const auto cls = o.plan().of(Role::cls);
  for (std::size_t i = services.first; i < cls.last; ++i) {
    const Tries& tries = o.log().tries(i);
    const Reason reason = o.ports()[i].reason;
    const bool no_route = reason == Reason::host_unreach || reason == Reason::net_unreach;
    const bool refused = tries.fate == Fate::refused && i >= cls.first;
    if (tries.in_flight > 0 || !(refused || (tries.fate == Fate::icmp && no_route))) continue;
    if (tries.made + tries.failed >= o.most_tries(q)) continue;
    const Time at = tries.last + q.apart;
    if (at < want.not_before) want = {.not_before = at, .port = o.ports()[i].port};
  }
  return want;
}

// One that is silent is asked again where another accepted: a run has no holes but by loss.
Want wants::cls_neighbour(const Observed& o, const Question& q) {
  if (o.glance().cls_open == 0) return {};
  std::vector<std::size_t> silent;
  bool accepted = false;
  for (const Port neighbour : cls_neighbours) {
    const auto index = o.asked(neighbour);
    if (!index) return {.not_before = o.at(), .port = neighbour};
    accepted |= o.fate(*index) == Fate::open;
    if (o.fate(*index) == Fate::silent) silent.push_back(*index);
  }
  return accepted ? o.first_of(silent, q) : Want{};
}

}  // namespace edgesurvey
