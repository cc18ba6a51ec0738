#include "scanner/survey/survey.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("A summary counts hosts by verdict and gives each share its exact interval") {
  SurveySummary summary;
  const ProbeLedger ledger{.planned = 76, .open = 1, .filtered = 75, .attempts = 80};
  for (int i = 0; i < 250; ++i) summary.add_host(i < 63 ? Verdict::cls_exposed : Verdict::closed, ledger);
  CHECK(summary.addresses() == 250);
  CHECK(summary.count(Verdict::cls_exposed) == 63);
  CHECK(summary.count(Verdict::closed) == 187);
  CHECK(summary.count(Verdict::inconclusive) == 0);
  CHECK(summary.share(Verdict::cls_exposed).low == Approx(0.199).margin(0.0005));
  CHECK(summary.probes().planned == 250 * 76);
  CHECK(summary.probes().adds_up());
}

TEST_CASE("A summary counts targets, and the skipped ones by reason") {
  SurveySummary summary;
  for (int i = 0; i < 5; ++i) summary.add_target();
  summary.add_skipped(SkipReason::nxdomain);
  summary.add_skipped(SkipReason::nxdomain);
  summary.add_skipped(SkipReason::interrupted);
  CHECK(summary.targets() == 5);
  CHECK(summary.skipped() == 3);
  CHECK(summary.skipped(SkipReason::nxdomain) == 2);
  CHECK(summary.skipped(SkipReason::interrupted) == 1);
  CHECK(summary.skipped(SkipReason::excluded) == 0);
}

TEST_CASE("Of no hosts no share is known") {
  const Interval share = SurveySummary().share(Verdict::closed);
  CHECK(share.low == 0);
  CHECK(share.high == 1);
}
