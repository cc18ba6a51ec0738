#include "reports/formats/nmap_host.hpp"

#include <algorithm>
#include <map>

#include "reports/formats/xml_stream.hpp"
#include "reports/survey/host_summary.hpp"
#include "reports/text/policy_text.hpp"
#include "reports/text/port_list.hpp"

namespace edgesurvey {
namespace {

// nmap's way to say that no time to live was seen, as in all its connect scans.
constexpr std::string_view no_ttl = "0";

const PortEvidence* first_answer(const Evidence& evidence) {
  const auto answered = [](const PortEvidence& port) { return port.answered(); };
  const auto found = std::find_if(evidence.ports.begin(), evidence.ports.end(), answered);
  return found == evidence.ports.end() ? nullptr : &*found;
}

void add_status(pugi::xml_node host, const Evidence& evidence) {
  auto status = host.append_child("status");
  switch (nmap_host_state(evidence)) {
    case NmapHostState::up:
      set_attribute(status, "state", "up");
      set_attribute(status, "reason", to_string(first_answer(evidence)->reason));
      break;
    case NmapHostState::down:
      set_attribute(status, "state", "down");
      set_attribute(status, "reason", to_string(Reason::no_response));
      break;
    case NmapHostState::unknown:
      set_attribute(status, "state", "unknown");
      set_attribute(status, "reason", to_string(Reason::local_error));
      break;
  }
  set_attribute(status, "reason_ttl", no_ttl);
}

void add_address(pugi::xml_node host, const Address& address) {
  auto element = host.append_child("address");
  set_attribute(element, "addr", address.to_string());
  set_attribute(element, "addrtype", address.is_v4() ? "ipv4" : "ipv6");
}

void add_names(pugi::xml_node host, const std::vector<std::string>& names) {
  auto hostnames = host.append_child("hostnames");
  for (const auto& name : names) {
    auto hostname = hostnames.append_child("hostname");
    set_attribute(hostname, "name", name);
    set_attribute(hostname, "type", "user");
  }
}

// As nmap does it: many ports of one kind share an element, and an open port never does.
bool has_own_element(const PortEvidence& port) {
  return port.role != Role::sample || port.state == PortState::open;
}

void add_extraports(pugi::xml_node ports, const Evidence& evidence) {
  std::map<PortState, std::map<Reason, std::vector<Port>>> rest;
  for (const auto& port : evidence.ports) {
    if (!has_own_element(port)) rest[port.state][port.reason].push_back(port.port);
  }
  for (auto& [state, reasons] : rest) {
    auto extraports = ports.append_child("extraports");
    set_attribute(extraports, "state", to_string(state));
    auto count = extraports.append_attribute("count");
    std::size_t total = 0;
    for (auto& [reason, numbers] : reasons) {
      std::sort(numbers.begin(), numbers.end());
      auto extrareasons = extraports.append_child("extrareasons");
      set_attribute(extrareasons, "reason", to_string(reason));
      set_attribute(extrareasons, "count", std::uint64_t{numbers.size()});
      set_attribute(extrareasons, "proto", "tcp");
      set_attribute(extrareasons, "ports", to_port_list(numbers));
      total += numbers.size();
    }
    count.set_value(std::to_string(total).c_str());
  }
}

// Names from nmap-services; the CLS and control ports have none there.
std::string_view service_name(Port port) {
  switch (port) {
    case 443:
      return "https";
    case 3478:
      return "stun";
    case 5061:
      return "sip-tls";
    default:
      return "";
  }
}

void add_port(pugi::xml_node ports, const PortEvidence& port) {
  auto element = ports.append_child("port");
  set_attribute(element, "protocol", "tcp");
  set_attribute(element, "portid", std::uint64_t{port.port});
  auto state = element.append_child("state");
  set_attribute(state, "state", to_string(port.state));
  set_attribute(state, "reason", to_string(port.reason));
  set_attribute(state, "reason_ttl", no_ttl);
  if (port.icmp) set_attribute(state, "reason_ip", port.icmp->from.to_string());
  const auto name = service_name(port.port);
  if (name.empty()) return;
  auto service = element.append_child("service");
  set_attribute(service, "name", name);
  set_attribute(service, "method", "table");
  set_attribute(service, "conf", "3");
}

void add_ports(pugi::xml_node host, const Evidence& evidence) {
  auto ports = host.append_child("ports");
  add_extraports(ports, evidence);
  std::vector<PortEvidence> own;
  std::copy_if(evidence.ports.begin(), evidence.ports.end(), std::back_inserter(own), has_own_element);
  std::sort(own.begin(), own.end(),
            [](const PortEvidence& a, const PortEvidence& b) { return a.port < b.port; });
  for (const auto& port : own) add_port(ports, port);
}

void add_fact(pugi::xml_node script, std::string_view key, std::string_view value) {
  auto element = script.append_child("elem");
  set_attribute(element, "key", key);
  element.text().set(xml_text(value).c_str());
}

void add_verdict(pugi::xml_node hostscript, const HostReport& report) {
  const auto& judgement = report.judgement;
  auto script = hostscript.append_child("script");
  set_attribute(script, "id", "edgesurvey");
  set_attribute(script, "output",
                std::string(to_string(judgement.verdict)) + " (" + std::string(to_string(judgement.reason)) +
                    ", " + std::string(to_string(judgement.confidence)) +
                    " confidence): " + judgement.explanation);
  add_fact(script, "verdict", to_string(judgement.verdict));
  add_fact(script, "reason", to_string(judgement.reason));
  add_fact(script, "confidence", to_string(judgement.confidence));
  add_fact(script, "cls_open", to_port_list(open_cls_ports(report)));
}

// A script of its own: the verdict's output is the same whoever judges it.
void add_decision(pugi::xml_node hostscript, const Policy& policy, const Decision& decision) {
  const std::string outcome(to_string(decision.outcome));
  const std::string reason = why(policy, decision);
  auto script = hostscript.append_child("script");
  set_attribute(script, "id", "edgesurvey-policy");
  set_attribute(script, "output", reason.empty() ? outcome : outcome + ": " + reason);
  add_fact(script, "outcome", outcome);
  if (decision.expectation != nullptr) add_fact(script, "expected", in_words(decision.expectation->verdicts));
  if (decision.waiver == nullptr) return;
  add_fact(script, "owner", decision.waiver->owner);
  add_fact(script, "reason", decision.waiver->reason);
  add_fact(script, "expires", to_string(decision.waiver->expires));
}

}  // namespace

NmapHostState nmap_host_state(const Evidence& evidence) {
  if (first_answer(evidence) != nullptr) return NmapHostState::up;
  const auto silent = [](const PortEvidence& port) { return port.state == PortState::filtered; };
  const bool asked = std::any_of(evidence.ports.begin(), evidence.ports.end(), silent);
  return asked ? NmapHostState::down : NmapHostState::unknown;
}

pugi::xml_node append_nmap_host(pugi::xml_document& document, const HostReport& host,
                                const JudgedPolicy* policy) {
  auto element = document.append_child("host");
  const auto ended = std::chrono::floor<std::chrono::seconds>(host.scanned_at.time_since_epoch()).count();
  set_attribute(element, "endtime", std::to_string(ended));
  add_status(element, host.evidence);
  add_address(element, host.evidence.address);
  add_names(element, host.names);
  add_ports(element, host.evidence);
  auto hostscript = element.append_child("hostscript");
  add_verdict(hostscript, host);
  if (policy != nullptr) add_decision(hostscript, policy->policy(), policy->of(host.evidence.address));
  return element;
}

}  // namespace edgesurvey
