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
  if (firewall.syn_limit) out["syn_limit"] = limit_json(*firewall.syn_limit);
  return out;
}

json ips_json(const Ips& ips) {
  json out{{"counts", name_of(counts, ips.counts)},
           {"threshold", ips.threshold},
           {"window_s", ips.window_s},
           {"block_s", ips.block_s}};
  if (!ips.spares.empty()) out["spares"] = ips.spares.to_string();
  if (ips.resets) out["resets"] = true;
  return out;
}

json override_json(const Override& one) {
  json out{{"answer", name_of(override_answers, one.answer)}, {"ports", one.ports.to_string()}};
  if (one.answer == Override::Answer::icmp) {
    out["icmp"] = {{"type", one.icmp.type}, {"code", one.icmp.code}};
    out["address"] = to_string(one.address);
  }
  if (one.rtt) out["rtt"] = rtt_json(*one.rtt);
  if (one.share < 1) out["share"] = one.share;
  if (one.from_s) out["from_s"] = *one.from_s;
  if (one.until_s) out["until_s"] = *one.until_s;
  if (one.from_syns) out["from_syns"] = *one.from_syns;
  if (one.until_syns) out["until_syns"] = *one.until_syns;
  return out;
}

json step_json(const LatencyStep& step) {
  json out{{"at_s", step.at_s}, {"add_ms", step.add_ms}};
  if (step.ports) out["ports"] = step.ports->to_string();
  if (step.share < 1) out["share"] = step.share;
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
  for (const auto& one : host.overrides) out["overrides"].push_back(override_json(one));
  if (host.ips) out["ips"] = ips_json(*host.ips);
  if (host.syn_limit) out["syn_limit"] = limit_json(*host.syn_limit);
  if (host.acceptor)
    out["acceptor"] = {{"kind", name_of(acceptors, host.acceptor->kind)},
                       {"ports", host.acceptor->ports.to_string()},
                       {"rtt", rtt_json(host.acceptor->rtt)}};
  for (const auto& step : host.steps) out["steps"].push_back(step_json(step));
  if (host.duplicates)
    out["duplicates"] = {{"share", host.duplicates->share}, {"after_ms", host.duplicates->after_ms}};
  if (!host.life.steady()) out["life"] = life_json(host.life);
  if (host.greeting.act != Greeting::Act::idle)
    out["greeting"] = {{"act", name_of(acts, host.greeting.act)},
                       {"after_ms", host.greeting.after_ms},
                       {"data", host.greeting.data}};
  if (!host.group.empty()) out["group"] = host.group;
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
