#include "scanner/plan.hpp"

#include <algorithm>

namespace edgesurvey {
namespace {

std::vector<PlannedPort> planned_ports(std::size_t sample, std::uint64_t seed) {
  std::vector<PlannedPort> planned;
  const auto append = [&planned](const auto& ports, Role role) {
    for (const Port port : ports) planned.push_back({port, role});
  };
  append(service_ports, Role::service);
  append(cls_ports, Role::cls);
  append(control_ports(seed), Role::control);
  append(stratified_sample(sample, seed), Role::sample);
  return planned;
}

}  // namespace

ProbePlan::ProbePlan(std::size_t sample, std::uint64_t seed)
    : ports_(planned_ports(sample, seed)), count_of_sample_(count(Role::sample)), seed_(seed) {}

std::size_t ProbePlan::count(Role role) const {
  return static_cast<std::size_t>(
      std::count_if(ports_.begin(), ports_.end(), [role](const PlannedPort& p) { return p.role == role; }));
}

}  // namespace edgesurvey
