#include "reports/host_summary.hpp"

#include <algorithm>

#include "reports/cls_ports.hpp"
#include "reports/host_json.hpp"

namespace edgesurvey {

HostSummary::HostSummary(const HostReport& host)
    : address(host.evidence.address),
      verdict(host.judgement.verdict),
      reason(host.judgement.reason),
      confidence(host.judgement.confidence),
      range_sampled(host.judgement.range.sampled),
      range_answered(host.judgement.range.answered),
      range_share(host.judgement.range.share),
      cls_open(open_cls_ports(host)),
      rtt(path_rtt(host.evidence)),
      scanned_at(host.scanned_at) {
  for (const auto& port : host.evidence.ports) {
    const auto* const service = std::find(summed_up_services.begin(), summed_up_services.end(), port.port);
    if (service == summed_up_services.end()) continue;
    services.at(static_cast<std::size_t>(service - summed_up_services.begin())) = port.state;
  }
}

}  // namespace edgesurvey
