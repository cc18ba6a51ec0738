#include "scanner/judging/facts.hpp"

#include "scanner/evidence_maker.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

EvidenceMaker living_host() {
  EvidenceMaker maker(8);
  maker.some(Role::service, 1, syn_ack()).rest(Role::service, silence());
  return maker;
}

}  // namespace

TEST_CASE("Facts count what each group of ports answered") {
  EvidenceMaker maker = living_host();
  maker.all(Role::cls, syn_ack()).some(Role::control, 2, icmp(Reason::port_unreach));
  maker.some(Role::control, 1, icmp(Reason::net_unreach)).rest(Role::control, rst());
  maker.some(Role::sample, 1, local_error()).rest(Role::sample, silence());
  const Facts facts = facts_of(maker.evidence);
  CHECK(facts.services.open == 1);
  CHECK(facts.services.silent == 2);
  CHECK(facts.cls.open == 3);
  CHECK(facts.controls.prohibited == 2);
  CHECK(facts.controls.unreachable == 1);
  CHECK(facts.controls.by_icmp() == 3);
  CHECK(facts.controls.refused == planned_controls - 3);
  CHECK(facts.controls.by_host() == planned_controls - 3);
  CHECK(facts.sample.silent == 7);
  CHECK(facts.sample.unknown == 1);
  CHECK(facts.sample.judged() == 7);
  CHECK(facts.sample.all() == 8);
  CHECK(facts.range().all() == 11);
  CHECK(facts.local_error);
  CHECK_FALSE(facts.interrupted);
  CHECK(facts.host_answered());
}

TEST_CASE("Tallies add up field by field") {
  Tally sum{
      .open = 1, .refused = 2, .prohibited = 3, .unreachable = 4, .silent = 5, .unheard = 6, .unknown = 7};
  sum += sum;
  CHECK(sum.all() == 56);
  CHECK(sum.judged() == 30);
  CHECK(sum.answering().hits == 6);
  CHECK(sum.answering().trials == 30);
  CHECK(sum.accepting().hits == 2);
}

TEST_CASE("An ICMP error alone does not show that the host lives") {
  EvidenceMaker maker(8);
  for (const Role role : {Role::service, Role::cls, Role::control, Role::sample})
    maker.all(role, icmp(Reason::host_unreach));
  CHECK_FALSE(facts_of(maker.evidence).host_answered());
}

TEST_CASE(
    "After the host stopped responding, silences later than its last answer are unheard, earlier ones "
    "silent") {
  EvidenceMaker maker = living_host();
  maker.all(Role::cls, silence()).all(Role::control, silence());
  maker.some(Role::sample, 3, rst()).rest(Role::sample, silence()).finished().liveness(silence());
  const Facts facts = facts_of(maker.evidence);
  CHECK(facts.stopped_responding);
  CHECK(facts.controls.silent == planned_controls);
  CHECK(facts.sample.unheard == 5);
  CHECK(facts.sample.judged() == 3);
}

TEST_CASE("A liveness check that answers as before, or could not be asked, stops nothing") {
  EvidenceMaker maker = living_host();
  maker.all(Role::cls, silence()).all(Role::control, silence()).all(Role::sample, silence()).finished();
  CHECK(facts_of(maker.evidence).liveness_checked);
  CHECK_FALSE(facts_of(maker.evidence).stopped_responding);
  maker.liveness(local_error());
  CHECK_FALSE(facts_of(maker.evidence).stopped_responding);
  CHECK_FALSE(facts_of(maker.evidence).liveness_checked);
  CHECK(facts_of(maker.evidence).local_error);
}

TEST_CASE("A service that accepted and refuses at the end has stopped responding by refusal") {
  EvidenceMaker maker = living_host();
  maker.all(Role::cls, silence()).all(Role::control, silence()).all(Role::sample, silence()).finished();
  CHECK(facts_of(maker.liveness(rst()).evidence).stopped_by_refusal);
  CHECK(facts_of(maker.liveness(silence()).evidence).stopped_responding);
  CHECK_FALSE(facts_of(maker.liveness(silence()).evidence).stopped_by_refusal);
}

TEST_CASE("CLS ports count as lasting unless they were seen to be gone") {
  EvidenceMaker maker = living_host();
  maker.all(Role::cls, syn_ack()).all(Role::control, silence()).all(Role::sample, silence());
  CHECK(facts_of(maker.evidence).cls_not_asked == 3);
  maker.finished(2);
  CHECK(facts_of(maker.evidence).cls_still_open == 2);
  CHECK(facts_of(maker.evidence).cls_lasting() == 2);
  maker.liveness(silence());
  CHECK(facts_of(maker.evidence).cls_lasting() == 3);
}

TEST_CASE("Who refused is judged for the range and for the controls apart, by measured RTTs only") {
  EvidenceMaker maker = living_host();
  maker.all(Role::cls, rst()).all(Role::control, rst(front_rtt)).all(Role::sample, rst()).finished();
  CHECK(facts_of(maker.evidence).refusals == RefusalOrigin::host);
  CHECK(facts_of(maker.evidence).controls.refused_in_front == planned_controls);
  for (auto& port : maker.evidence.ports)
    if (port.role != Role::service) port.rtt = Duration::zero();
  CHECK(facts_of(maker.evidence).refusals == RefusalOrigin::cannot_tell);
}

TEST_CASE("Evidence without a whole group of ports counts as interrupted") {
  CHECK(facts_of(Evidence{}).interrupted);
  EvidenceMaker maker = living_host();
  maker.all(Role::cls, silence()).all(Role::control, silence()).all(Role::sample, silence());
  CHECK_FALSE(facts_of(maker.evidence).interrupted);
}
