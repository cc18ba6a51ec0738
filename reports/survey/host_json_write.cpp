#include <algorithm>
#include <map>
#include <tuple>

#include "reports/json/json_writer.hpp"
#include "reports/survey/host_json.hpp"
#include "reports/survey/host_summary.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

std::uint64_t to_us(Duration rtt) {
  return static_cast<std::uint64_t>(
      std::max<Duration::rep>(std::chrono::round<std::chrono::microseconds>(rtt).count(), 0));
}

// Whether a port stands for itself rather than in a group of the silent rest.
bool has_own_entry(const PortEvidence& port) {
  return port.answered() || port.role != Role::sample;
}

void write_state(JsonWriter& json, PortState state, Reason reason) {
  json.key("state");
  json.text(to_string(state));
  json.key("reason");
  json.text(to_string(reason));
}

void write_judgement(JsonWriter& json, const Judgement& judgement) {
  json.key("verdict");
  json.text(to_string(judgement.verdict));
  json.key("reason");
  json.text(to_string(judgement.reason));
  json.key("reasons");
  json.begin_array();
  for (const auto reason : judgement.reasons) json.text(to_string(reason));
  json.end_array();
  json.key("confidence");
  json.text(to_string(judgement.confidence));
  json.key("explanation");
  json.text(judgement.explanation);
}

void write_services(JsonWriter& json, const Evidence& evidence) {
  json.key("services");
  json.begin_object();
  for (const auto& port : evidence.ports) {
    if (port.role != Role::service) continue;
    json.key(std::to_string(port.port));
    json.text(to_string(port.state));
  }
  json.end_object();
}

void write_cls(JsonWriter& json, const HostReport& host) {
  json.key("cls");
  json.begin_object();
  json.key("open");
  json.begin_array();
  for (const Port port : open_cls_ports(host)) json.number(port);
  json.end_array();
  json.key("confirmed");
  json.begin_array();
  for (const auto& recheck : host.evidence.confirm) {
    json.begin_object();
    json.key("port");
    json.number(recheck.port);
    write_state(json, recheck.state, recheck.reason);
    json.key("peer");
    json.text(to_string(recheck.peer));
    json.key("attempts");
    json.number(recheck.attempts);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

// {"closed":{"conn-refused":1},"filtered":{"no-response":3}}
void write_controls(JsonWriter& json, const Evidence& evidence) {
  std::map<PortState, std::map<Reason, std::uint64_t>> counts;
  for (const auto& port : evidence.ports) {
    if (port.role == Role::control) ++counts[port.state][port.reason];
  }
  json.key("controls");
  json.begin_object();
  for (const auto& [state, reasons] : counts) {
    json.key(to_string(state));
    json.begin_object();
    for (const auto& [reason, count] : reasons) {
      json.key(to_string(reason));
      json.number(count);
    }
    json.end_object();
  }
  json.end_object();
}

void write_port(JsonWriter& json, const PortEvidence& port) {
  json.begin_object();
  json.key("port");
  json.number(port.port);
  json.key("role");
  json.text(to_string(port.role));
  write_state(json, port.state, port.reason);
  if (port.answered()) {
    json.key("rtt_us");
    json.number(to_us(port.rtt));
  }
  json.key("attempts");
  json.number(port.attempts);
  if (port.icmp) {
    json.key("icmp");
    json.begin_object();
    json.key("type");
    json.number(port.icmp->type);
    json.key("code");
    json.number(port.icmp->code);
    json.key("from");
    json.text(port.icmp->from.to_string());
    json.end_object();
  }
  json.end_object();
}

// attempts are each port's, so that a result adds up to the same number when it is read back.
void write_silent_rest(JsonWriter& json, const Evidence& evidence) {
  using Group = std::tuple<Role, PortState, Reason, std::uint8_t>;
  std::map<Group, std::vector<Port>> groups;
  for (const auto& port : evidence.ports) {
    if (has_own_entry(port)) continue;
    groups[{port.role, port.state, port.reason, port.attempts}].push_back(port.port);
  }
  json.key("extra");
  json.begin_array();
  for (auto& [group, ports] : groups) {
    const auto& [role, state, reason, attempts] = group;
    std::sort(ports.begin(), ports.end());
    json.begin_object();
    json.key("role");
    json.text(to_string(role));
    write_state(json, state, reason);
    json.key("attempts");
    json.number(attempts);
    json.key("ports");
    json.text(to_port_list(ports));
    json.end_object();
  }
  json.end_array();
}

void write_ports(JsonWriter& json, const Evidence& evidence) {
  json.key("rtt_us");
  if (const auto rtt = path_rtt(evidence)) {
    json.number(to_us(*rtt));
  } else {
    json.null();
  }
  json.key("ports");
  json.begin_array();
  for (const auto& port : evidence.ports) {
    if (has_own_entry(port)) write_port(json, port);
  }
  json.end_array();
  write_silent_rest(json, evidence);
}

void write_liveness(JsonWriter& json, const std::optional<Recheck>& liveness) {
  json.key("bracket");
  if (!liveness) return json.null();
  json.begin_object();
  json.key("port");
  json.number(liveness->port);
  write_state(json, liveness->state, liveness->reason);
  json.key("attempts");
  json.number(liveness->attempts);
  json.end_object();
}

}  // namespace

void write_range(JsonWriter& json, const RangeEstimate& range) {
  json.begin_object();
  json.key("sampled");
  json.number(range.sampled);
  json.key("answered");
  json.number(range.answered);
  json.key("share");
  if (range.share) {
    json.decimal(range.share->share);
    json.key("ci95");
    json.begin_array();
    json.decimal(range.share->low);
    json.decimal(range.share->high);
    json.end_array();
  } else {
    json.null();
    json.key("ci95");
    json.null();
  }
  json.key("open");
  json.number(range.open);
  if (range.spans) {
    json.key("spans");
    json.begin_array();
    for (const auto& span : *range.spans) json.text(span.to_string());
    json.end_array();
  }
  json.end_object();
}

void append_host_json(std::string& out, const HostReport& host,
                      const std::function<void(JsonWriter&)>& more) {
  JsonWriter json(out);
  json.begin_object();
  json.key("address");
  json.text(host.evidence.address.to_string());
  json.key("names");
  json.begin_array();
  for (const auto& name : host.names) json.text(name);
  json.end_array();
  write_judgement(json, host.judgement);
  write_services(json, host.evidence);
  write_cls(json, host);
  json.key("range");
  write_range(json, host.judgement.range);
  write_controls(json, host.evidence);
  write_ports(json, host.evidence);
  write_liveness(json, host.evidence.liveness);
  json.key("attempts");
  json.number(ledger_of(host.evidence).attempts);
  json.key("scanned_at");
  json.text(to_iso8601(host.scanned_at));
  if (more) more(json);
  json.end_object();
}

}  // namespace edgesurvey
