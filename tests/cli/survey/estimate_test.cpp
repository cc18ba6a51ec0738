#include "cli/survey/estimate.hpp"

#include <chrono>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

TEST_CASE("more probes than can be counted are as many as can be") {
  const ProbePlan plan(64, 1);
  CHECK(planned_probes(3, plan) == 3 * plan.size());
  CHECK(planned_probes(18446744073709551615U, plan) == 18446744073709551615U);
}

TEST_CASE("many hosts take what the total pace needs, few what one host's pace needs") {
  const ProbePlan plan(64, 1);
  const PaceOptions pace{"normal", 500, 4};
  const double each = static_cast<double>(plan.size()) + 10;
  const auto in_seconds = [&](std::uint64_t hosts, const PaceOptions& at) {
    return std::chrono::duration<double>(estimate_survey(hosts, plan, at, 1s)).count();
  };
  CHECK(in_seconds(1, pace) == Approx(each / 4 + 2));
  CHECK(in_seconds(10000, pace) == Approx(each * 10000 / 500 + 2));
  CHECK(in_seconds(10000, {"custom", 0, 0}) == Approx(2));
  CHECK(in_seconds(18446744073709551615U, {"custom", 0.01, 0}) == Approx(1e9));
}
