#include <nlohmann/json.hpp>

#include "tests/lab/farm/truth.hpp"

namespace edgesurvey::farm {
namespace {

nlohmann::json ports_json(const Ports& ports) {
  auto spans = nlohmann::json::array();
  for (const auto span : ports.ranges()) spans.push_back(Ports({span}).to_string());
  return {{"share", ports.count() / double{media_range.size()}}, {"spans", spans}};
}

}  // namespace

std::string truth_json(const Spec& spec) {
  auto hosts = nlohmann::json::array();
  for (const auto& host : spec.hosts) {
    const auto truth = truth_of(host);
    auto accepted = nlohmann::json::array();
    for (const auto& entry : truth.accepted)
      accepted.push_back({{"verdict", entry.verdict}, {"reasons", entry.reasons}});
    auto cls = nlohmann::json::array();
    for (const auto range : truth.cls_open.ranges())
      for (std::uint32_t port = range.first; port <= range.last; ++port) cls.push_back(port);
    hosts.push_back({{"address", to_string(host.address)},
                     {"name", host.name},
                     {"label", host.label},
                     {"verdict", truth.accepted.front().verdict},
                     {"reason", truth.accepted.front().reasons.front()},
                     {"accepted", accepted},
                     {"decidable", truth.decidable},
                     {"why", truth.why},
                     {"cls_open", cls},
                     {"passed", ports_json(truth.passed)},
                     {"answering", ports_json(truth.answering)},
                     {"share_estimable", truth.share_estimable}});
  }
  return nlohmann::json{{"hosts", hosts}}.dump(1) + '\n';
}

}  // namespace edgesurvey::farm
