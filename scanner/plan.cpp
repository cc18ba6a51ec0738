#include "scanner/plan.hpp"

#include <algorithm>

namespace edgesurvey {

ProbePlan::ProbePlan(std::size_t sample, std::uint64_t seed) : seed_(seed) {
  const auto append = [this](const auto& ports, Role role) {
    for (const Port port : ports) ports_.push_back({port, role});
  };
  append(service_ports, Role::service);
  append(cls_ports, Role::cls);
  append(control_ports(seed), Role::control);
  append(stratified_sample(sample, seed), Role::sample);
  count_of_sample_ = count(Role::sample);
}

std::size_t ProbePlan::count(Role role) const {
  return static_cast<std::size_t>(
      std::count_if(ports_.begin(), ports_.end(), [role](const PlannedPort& p) { return p.role == role; }));
}

}  // namespace edgesurvey
