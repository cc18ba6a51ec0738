// The goals of docs/accuracy.md, held to without any noise: the same seeds give the same figures everywhere.
#include "support/catch.hpp"
#include "tests/accuracy/virtual/tally.hpp"
#include "tests/lab/farm/generate.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_farm;

namespace {

struct Outcome {
  Tally tally;
  Totals totals;
  double syns_a_host = 0;
};

Outcome surveyed(double loss, const Pace& pace, std::uint32_t hosts, farm::Span rtt_ms = {5, 400}) {
  farm::Recipe recipe;
  recipe.hosts = hosts;
  recipe.seed = 77;
  recipe.loss = {loss, loss};
  recipe.rtt_ms = rtt_ms;
  const auto spec = farm::generate(recipe);
  Outcome outcome;
  Observer observer;
  observer.on_host = [&](const Surveyed& host) { outcome.tally.judge(host); };
  outcome.totals = survey(spec, pace, observer);
  outcome.syns_a_host = static_cast<double>(outcome.totals.syns) / hosts;
  return outcome;
}

}  // namespace

TEST_CASE("At either pace, whatever the loss, verdicts are right and no exposed host is called closed") {
  for (const Pace& pace : {fast(), normal()}) {
    for (const auto& [loss, right] : {std::pair(0.0, 0.995), {0.01, 0.995}, {0.05, 0.99}, {0.1, 0.97}}) {
      const Tally tally = surveyed(loss, pace, 3000).tally;
      INFO("loss " << loss << ", " << pace.survey.rate << "/s: " << to_string(tally));
      CHECK(tally.right.of == 3000);
      CHECK(tally.right.value() >= right);
      CHECK(tally.exposed_called_closed.of > 700);
      CHECK(tally.exposed_called_closed.hits == 0);
      CHECK(tally.right_by_confidence.at(Confidence::high).value() >= 0.995);
      CHECK(tally.right_by_confidence.at(Confidence::medium).value() >= 0.95);
      CHECK(tally.covered.value() >= 0.95);
      if (loss > 0.01) continue;
      CHECK(tally.inconclusive_decidable.value() < 0.01);
      CHECK(tally.spans_exact.value() >= 0.95);
    }
  }
}

// Tuned nmap sends about 125 for 73 ports.
TEST_CASE("A host is sent little more than half of the SYNs that nmap sends it") {
  CHECK(surveyed(0.01, fast(), 2000).syns_a_host < 0.56 * 125);
}

TEST_CASE("A survey takes hardly longer than its SYNs do at its pace") {
  const auto many = surveyed(0.01, fast(), 5000, {20, 200});
  CHECK(many.totals.seconds < 1.25 * static_cast<double>(many.totals.syns) / 10'000);
  CHECK(surveyed(0.01, fast(), 250, {20, 200}).totals.seconds < 6.5);
  CHECK(surveyed(0.01, normal(), 250, {20, 200}).totals.seconds < 64);
}
