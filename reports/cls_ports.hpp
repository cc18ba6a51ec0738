// The CLS ports that a host showed.
#pragma once

#include <vector>

#include "scanner/survey/host_report.hpp"

namespace edgesurvey {

// Ascending. Asks only for the ports that were planned: a PortSet would have to be asked 65,536 times.
std::vector<Port> open_cls_ports(const HostReport& host);

}  // namespace edgesurvey
