#include <nlohmann/json.hpp>

#include "tests/lab/farm/spec_names.hpp"

namespace edgesurvey::farm {
namespace {

using nlohmann::json;

json rtt_json(const Rtt& rtt) {
  return {{"ms", rtt.ms}, {"jitter_ms", rtt.jitter_ms}, {"shape", name_of(shapes, rtt.shape)}};
}

json limit_json(const RateLimit& limit) {
  return {{"per_s", limit.per_s}, {"burst", limit.burst}};
}

json loss_json(const Loss& loss) {
  json out{{"out", loss.out}, {"back", loss.back}};
  if (loss.bursts)
    out["bursts"] = {{"mean_good_s", loss.bursts->mean_good_s},
                     {"mean_bad_s", loss.bursts->mean_bad_s},
                     {"loss", loss.bursts->loss}};
  return out;
}

json firewall_json(const Firewall& firewall) {
  json out{{"refusal", name_of(refusals, firewall.refusal)},
           {"rtt", rtt_json(firewall.rtt)},
           {"passes", firewall.passes.to_string()}};
  if (firewall.refusal == Firewall::Refusal::icmp) {
    out["icmp"] = {{"type", firewall.icmp.type}, {"code", firewall.icmp.code}};
    out["address"] = to_string(firewall.address);
  }
  if (firewall.limit) out["limit"] = limit_json(*firewall.limit);
  return out;
}

json life_json(const Life& life) {
  json out = json::object();
  if (life.up_at_s) out["up_at_s"] = *life.up_at_s;
  if (life.dies_at_s) out["dies_at_s"] = *life.dies_at_s;
  if (life.up_after_syns) out["up_after_syns"] = *life.up_after_syns;
  if (life.dies_after_syns) out["dies_after_syns"] = *life.dies_after_syns;
  return out;
}

json host_json(const Host& host) {
  json out{{"address", to_string(host.address)},
           {"rtt", rtt_json(host.rtt)},
           {"loss", loss_json(host.loss)},
           {"open", host.open.to_string()},
           {"stealth", host.stealth}};
  if (!host.name.empty()) out["name"] = host.name;
  if (!host.label.empty()) out["label"] = host.label;
  if (host.rst_limit) out["rst_limit"] = limit_json(*host.rst_limit);
  if (host.relays)
    out["relays"] = {{"ports", host.relays->ports.to_string()},
                     {"mean_open_s", host.relays->mean_open_s},
                     {"mean_closed_s", host.relays->mean_closed_s}};
  if (host.late) out["late"] = {{"ports", host.late->ports.to_string()}, {"ms", host.late->ms}};
  if (host.firewall) out["firewall"] = firewall_json(*host.firewall);
  if (host.passing_refusal)
    out["passing_refusal"] = {{"refusal", name_of(refusals, host.passing_refusal->refusal)},
                              {"ports", host.passing_refusal->ports.to_string()},
                              {"until_s", host.passing_refusal->until_s},
                              {"share", host.passing_refusal->share}};
  if (host.ips) {
    out["ips"] = {{"counts", name_of(counts, host.ips->counts)},
                  {"threshold", host.ips->threshold},
                  {"window_s", host.ips->window_s},
                  {"block_s", host.ips->block_s}};
    if (!host.ips->spares.empty()) out["ips"]["spares"] = host.ips->spares.to_string();
  }
  if (host.acceptor)
    out["acceptor"] = {{"kind", name_of(acceptors, host.acceptor->kind)},
                       {"ports", host.acceptor->ports.to_string()},
                       {"rtt", rtt_json(host.acceptor->rtt)}};
  for (const auto& step : host.steps) out["steps"].push_back({{"at_s", step.at_s}, {"add_ms", step.add_ms}});
  if (!host.life.steady()) out["life"] = life_json(host.life);
  if (host.greeting.act != Greeting::Act::idle)
    out["greeting"] = {{"act", name_of(acts, host.greeting.act)},
                       {"after_ms", host.greeting.after_ms},
                       {"data", host.greeting.data}};
  return out;
}

}  // namespace

std::string to_json(const Spec& spec) {
  json hosts = json::array();
  for (const auto& host : spec.hosts) hosts.push_back(host_json(host));
  json out{{"seed", spec.seed},
           {"client_v4", to_string(spec.client_v4)},
           {"client_v6", to_string(spec.client_v6)},
           {"hosts", std::move(hosts)}};
  if (spec.dns) out["dns"] = to_string(*spec.dns);
  return out.dump(1);
}

}  // namespace edgesurvey::farm
