// CLS ports that answer seconds later than the service port does (a loaded agent, a full proxy, a relay in
// front) are found all the same, and never denied with high confidence.
#include <chrono>
#include <cstdio>
#include <utility>

#include "support/catch.hpp"
#include "tests/accuracy/virtual/tally.hpp"
#include "tests/lab/farm/generate.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_farm;

namespace {

constexpr std::uint32_t hosts = 500;  // a setting: five wrong ones are too many, and the test stays short

Tally surveyed(const std::string& kind, farm::Span late_ms, double loss, const Pace& pace) {
  farm::Recipe recipe;
  recipe.hosts = hosts;
  recipe.seed = 19;
  recipe.loss = {loss, loss};
  recipe.rtt_ms = {10, 400};
  recipe.late_ms = late_ms;
  recipe.only = {kind};
  Tally tally;
  Observer observer;
  observer.on_host = [&](const Surveyed& host) { tally.judge(host); };
  survey(farm::generate(recipe), pace, observer);
  return tally;
}

void find_late_ports(const char* name, Pace pace) {
  const std::pair<farm::Span, Duration> cases[] = {{{200, 2000}, ScanRules::default_patience},
                                                   {{2000, 5000}, std::chrono::seconds(6)}};
  for (const auto& [late_ms, patience] : cases) {
    pace.host.patience = patience;
    for (const char* kind : {"exposed-late", "exposed-late-answering"}) {
      for (const double loss : {0.0, 0.01, 0.05}) {
        const Tally tally = surveyed(kind, late_ms, loss, pace);
        char setting[160];
        std::snprintf(setting, sizeof setting, "%s, %s, up to %.0f ms late, loss %.0f %%: ", name, kind,
                      late_ms.high, 100 * loss);
        INFO(setting << to_string(tally));
        std::printf("%s%zu of %zu exposed, %zu called closed, %zu of them with high confidence\n", setting,
                    tally.exposed_right.hits, tally.exposed_right.of, tally.exposed_called_closed.hits,
                    tally.exposed_surely_closed.hits);
        CHECK(tally.exposed_right.of == hosts);
        CHECK(tally.exposed_right.value() >= 0.99);
        CHECK(tally.exposed_surely_closed.hits == 0);
      }
    }
  }
}

}  // namespace

TEST_CASE("CLS ports that answer seconds late are found at pace polite") {
  find_late_ports("polite", polite());
}

TEST_CASE("CLS ports that answer seconds late are found at pace normal") {
  find_late_ports("normal", normal());
}

TEST_CASE("CLS ports that answer seconds late are found at pace fast") {
  find_late_ports("fast", fast());
}
