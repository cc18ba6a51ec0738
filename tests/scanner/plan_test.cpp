#include "scanner/plan.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <set>

#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("A plan asks services first, then CLS, then controls, then the sample") {
  const ProbePlan plan(64, 1);
  REQUIRE(plan.size() == 3 + 3 + planned_controls + 64);
  CHECK(plan.ports()[0].port == 443);
  CHECK(plan.ports()[3].port == 50001);
  CHECK(std::is_sorted(plan.ports().begin(), plan.ports().end(),
                       [](const auto& a, const auto& b) { return a.role < b.role; }));
}

TEST_CASE("A plan knows where the ports of each role stand in it") {
  const ProbePlan plan(100, 1);
  CHECK(plan.of(Role::service).size() == 3);
  CHECK(plan.of(Role::cls).size() == 3);
  CHECK(plan.of(Role::control).size() == planned_controls);
  CHECK(plan.of(Role::sample).size() == 100);
  CHECK(plan.seed() == 1);
  for (const Role role : {Role::service, Role::cls, Role::control, Role::sample})
    for (std::size_t i = plan.of(role).first; i < plan.of(role).last; ++i)
      CHECK(plan.ports()[i].role == role);
}

TEST_CASE("Half of a sample is half of its ports, rounded up") {
  CHECK(ProbePlan(64, 1).sample_half() == 32);
  CHECK(ProbePlan(9, 1).sample_half() == 5);
}

TEST_CASE("No port is planned twice, and the same arguments give the same plan") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto sample = *rc::gen::inRange<std::size_t>(1, 10'001);
    const ProbePlan plan(sample, seed);
    const ProbePlan again(sample, seed);
    std::set<Port> distinct;
    for (std::size_t i = 0; i < plan.size(); ++i) {
      RC_ASSERT(distinct.insert(plan.ports()[i].port).second);
      RC_ASSERT(plan.ports()[i].port == again.ports()[i].port);
    }
  }));
}

TEST_CASE("The controls stay the same when the sample grows, so surveys can be compared") {
  const auto controls = [](const ProbePlan& plan) {
    std::vector<Port> ports;
    for (const auto& planned : plan.ports())
      if (planned.role == Role::control) ports.push_back(planned.port);
    return ports;
  };
  CHECK(controls(ProbePlan(8, 5)) == controls(ProbePlan(512, 5)));
}
