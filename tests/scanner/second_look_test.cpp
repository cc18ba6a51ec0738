#include "scanner/second_look.hpp"

#include <set>

#include "scanner/evidence_maker.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

EvidenceMaker quiet_host() {
  EvidenceMaker maker(16);
  maker.some(Role::service, 1, syn_ack()).rest(Role::service, silence()).all(Role::control, silence());
  return maker;
}

std::set<Port> second_looks(const Evidence& evidence) {
  std::set<Port> ports;
  for (const std::size_t index : ports_worth_a_second_look(evidence))
    ports.insert(evidence.ports[index].port);
  return ports;
}

}  // namespace

TEST_CASE("Where the range is silent nothing is worth a second look") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, silence()).all(Role::sample, silence());
  CHECK(ports_worth_a_second_look(maker.evidence).empty());
}

TEST_CASE("Where anything in the range answered, every silent control is") {
  EvidenceMaker maker = quiet_host();
  maker.some(Role::cls, 1, rst()).rest(Role::cls, silence()).all(Role::sample, silence());
  const auto ports = second_looks(maker.evidence);
  CHECK(ports.size() == 6);
  for (const Port port : ports) CHECK_FALSE((port >= 50000 && port <= 59999));
}

TEST_CASE("An ICMP error from the range is no answer of the host") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, icmp(Reason::admin_prohibited)).all(Role::sample, silence());
  CHECK(ports_worth_a_second_look(maker.evidence).empty());
}

TEST_CASE("A silent sample port is worth it beside a refused one, where the opening may end") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, silence()).all(Role::sample, silence());
  std::vector<PortEvidence*> sample;
  for (auto& port : maker.evidence.ports)
    if (port.role == Role::sample) sample.push_back(&port);
  std::sort(sample.begin(), sample.end(), [](const auto* a, const auto* b) { return a->port < b->port; });
  sample[7]->state = PortState::closed;
  sample[7]->reason = Reason::conn_refused;
  const auto ports = second_looks(maker.evidence);
  CHECK(ports.size() == 6 + 2);
  CHECK(ports.count(sample[6]->port) == 1);
  CHECK(ports.count(sample[8]->port) == 1);
}

TEST_CASE("Refusals are compared only where the range refused and a service accepted") {
  EvidenceMaker both = quiet_host();
  CHECK(refusals_need_comparing(both.all(Role::sample, rst()).evidence));
  EvidenceMaker silent_range = quiet_host();
  CHECK_FALSE(refusals_need_comparing(silent_range.all(Role::sample, silence()).evidence));
  EvidenceMaker no_service(16);
  CHECK_FALSE(
      refusals_need_comparing(no_service.all(Role::service, rst()).all(Role::sample, rst()).evidence));
}

TEST_CASE(
    "The bracket is an open service before any other answer of the host, that before an ICMP error, then the "
    "earlier") {
  EvidenceMaker maker(4);
  maker.some(Role::service, 1, icmp(Reason::port_unreach)).some(Role::service, 2, syn_ack());
  maker.some(Role::cls, 1, syn_ack()).rest(Role::cls, rst());
  const auto better = [&](std::optional<std::size_t> current, std::size_t candidate) {
    return makes_better_bracket(maker.evidence, current, candidate);
  };
  CHECK(better(std::nullopt, 0));
  CHECK(better(0, 3));
  CHECK(better(3, 1));
  CHECK_FALSE(better(1, 2));
  CHECK_FALSE(better(1, 3));
  CHECK_FALSE(better(3, 4));
  CHECK_FALSE(better(3, 0));
}
