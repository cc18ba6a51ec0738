#include "scanner/survey/host_report.hpp"

#include <rapidcheck.h>

#include "scanner/evidence_maker.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("The ledger puts every planned port into one of its columns") {
  EvidenceMaker maker(8);
  maker.all(Role::service, rst()).all(Role::cls, syn_ack()).all(Role::control, silence());
  maker.some(Role::sample, 2, icmp(Reason::port_unreach)).some(Role::sample, 3, not_run());
  maker.rest(Role::sample, local_error());
  const ProbeLedger ledger = ledger_of(maker.evidence);
  CHECK(ledger.planned == before_sample + 8);
  CHECK(ledger.closed == 3);
  CHECK(ledger.open == 3);
  CHECK(ledger.filtered == planned_controls + 2);
  CHECK(ledger.not_run == 3);
  CHECK(ledger.unknown == 3);
  CHECK(ledger.adds_up());
}

TEST_CASE("Attempts count retries, rechecks, the liveness check and repeats") {
  Evidence evidence;
  evidence.ports = {{.port = 443, .role = Role::service, .attempts = 3},
                    {.port = 50001, .role = Role::cls, .attempts = 1}};
  evidence.confirm = {{.port = 50001, .attempts = 2}};
  evidence.liveness = Recheck{.port = 443, .attempts = 1};
  evidence.other_attempts = 5;
  CHECK(ledger_of(evidence).attempts == 3 + 1 + 2 + 1 + 5);
}

TEST_CASE("Ledgers add up column by column, and show when they do not") {
  ProbeLedger sum{.planned = 3, .open = 1, .filtered = 2, .attempts = 5};
  sum += ProbeLedger{.planned = 4, .closed = 1, .unknown = 1, .not_run = 2, .attempts = 7};
  CHECK(sum ==
        ProbeLedger{
            .planned = 7, .open = 1, .closed = 1, .filtered = 2, .unknown = 1, .not_run = 2, .attempts = 12});
  CHECK(sum.adds_up());
  ++sum.planned;
  CHECK_FALSE(sum.adds_up());
}

TEST_CASE("The ledger of any evidence adds up") {
  REQUIRE(rc::check([] {
    const Evidence evidence = *arbitrary_evidence();
    const ProbeLedger ledger = ledger_of(evidence);
    return ledger.adds_up() && ledger.planned == evidence.ports.size();
  }));
}
