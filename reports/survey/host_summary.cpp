#include "reports/survey/host_summary.hpp"

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

std::optional<Duration> path_rtt(const Evidence& evidence) {
  const auto& rtts = evidence.syn_ack_rtts;
  if (rtts.empty()) return std::nullopt;
  return std::min_element(rtts.begin(), rtts.end(), [](auto& a, auto& b) { return a.rtt < b.rtt; })->rtt;
}

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
