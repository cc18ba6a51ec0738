#include "scanner/stopping.hpp"

#include "scanner/evidence_maker.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

// The first `sampled` ports of the sample answered, the rest not asked.
Evidence exposed_with(std::size_t sampled, const Answer& sample, const Answer& control = silence()) {
  EvidenceMaker maker(64);
  maker.all(Role::service, syn_ack()).all(Role::cls, syn_ack()).all(Role::control, control);
  return maker.some(Role::sample, sampled, sample).evidence;
}

bool pointless(const Evidence& evidence, std::size_t sampled) {
  return rest_of_sample_is_pointless(evidence, 12 + sampled, 32);
}

}  // namespace

TEST_CASE("Where a dozen sample ports and every control accepted, the rest of the sample is pointless") {
  CHECK_FALSE(pointless(exposed_with(11, syn_ack(), syn_ack()), 11));
  CHECK(pointless(exposed_with(12, syn_ack(), syn_ack()), 12));
  CHECK_FALSE(pointless(exposed_with(12, syn_ack()), 12));
}

TEST_CASE("Where the agent was found, half of a sample that is silent or rejected by ICMP is enough") {
  for (const auto& answer : {silence(), icmp(Reason::admin_prohibited)}) {
    CHECK_FALSE(pointless(exposed_with(31, answer), 31));
    CHECK(pointless(exposed_with(32, answer), 32));
  }
}

TEST_CASE("Where ports refuse, the rest of the sample may show an opening or a gap") {
  CHECK_FALSE(pointless(exposed_with(40, rst()), 40));
}

TEST_CASE("A sample that is not asked yet, or answers in part, or is small, is asked on") {
  CHECK_FALSE(pointless(exposed_with(32, silence()), 33));  // one is in flight
  Evidence mixed = exposed_with(32, silence());
  mixed.ports[20].state = PortState::closed;
  CHECK_FALSE(pointless(mixed, 32));
  CHECK_FALSE(rest_of_sample_is_pointless(exposed_with(16, silence()), 12 + 16, 16));
}

TEST_CASE("Without all three CLS ports open the sample decides, and is asked whole") {
  Evidence evidence = exposed_with(32, silence());
  evidence.ports[4].state = PortState::filtered;
  evidence.ports[4].reason = Reason::no_response;
  CHECK_FALSE(pointless(evidence, 32));
}
