#include "reports/cls_ports.hpp"

#include <algorithm>

namespace edgesurvey {

std::vector<Port> open_cls_ports(const HostReport& host) {
  std::vector<Port> open;
  for (const auto& port : host.evidence.ports) {
    if (port.role == Role::cls && host.judgement.cls_open.contains(port.port)) open.push_back(port.port);
  }
  std::sort(open.begin(), open.end());
  return open;
}

}  // namespace edgesurvey
