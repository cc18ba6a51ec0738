#include "scanner/plan.hpp"

namespace edgesurvey {

ProbePlan::ProbePlan(std::size_t sample, std::uint64_t seed) : seed_(seed) {
  append(service_ports, Role::service);
  append(cls_ports, Role::cls);
  append(control_ports(seed), Role::control);
  append(stratified_sample(sample, seed), Role::sample);
}

void ProbePlan::append(const auto& ports, Role role) {
  const std::size_t first = ports_.size();
  for (const Port port : ports) ports_.push_back({port, role});
  ranges_[static_cast<std::size_t>(role)] = {first, ports_.size()};
}

}  // namespace edgesurvey
