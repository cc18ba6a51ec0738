#include "tests/lab/farm/spec_object.hpp"

namespace edgesurvey::farm {
namespace {

using nlohmann::json;

Rtt read_rtt(SpecObject o) {
  Rtt rtt;
  rtt.ms = o.number("ms", 0, 0, 60000);
  rtt.jitter_ms = o.number("jitter_ms", 0, 0, 60000);
  rtt.shape = o.choice("shape", shapes, rtt.shape);
  o.finish();
  return rtt;
}

Loss read_loss(SpecObject o) {
  Loss loss;
  loss.out = o.number("out", 0, 0, 1);
  loss.back = o.number("back", 0, 0, 1);
  if (o.find("bursts")) {
    auto b = o.object("bursts");
    Bursts bursts;
    bursts.mean_good_s = b.number("mean_good_s", bursts.mean_good_s, 0.001, 1e12);
    bursts.mean_bad_s = b.number("mean_bad_s", bursts.mean_bad_s, 0.001, 1e6);
    bursts.loss = b.number("loss", bursts.loss, 0, 1);
    b.finish();
    loss.bursts = bursts;
  }
  o.finish();
  return loss;
}

RateLimit read_limit(SpecObject o) {
  RateLimit limit;
  limit.per_s = o.number("per_s", limit.per_s, 0, 1e9);
  limit.burst = o.number("burst", limit.burst, 0, 1e9);
  o.finish();
  return limit;
}

Icmp read_icmp(SpecObject o) {
  const Icmp icmp{static_cast<std::uint8_t>(o.number("type", 3, 0, 255)),
                  static_cast<std::uint8_t>(o.number("code", 13, 0, 255))};
  o.finish();
  return icmp;
}

Firewall read_firewall(SpecObject o) {
  Firewall firewall;
  firewall.refusal = o.choice("refusal", refusals, firewall.refusal);
  if (firewall.refusal == Firewall::Refusal::icmp) {
    firewall.icmp = read_icmp(o.object("icmp"));
    firewall.address = o.ip("address");
  }
  if (o.find("rtt")) firewall.rtt = read_rtt(o.object("rtt"));
  firewall.passes = o.ports("passes");
  if (o.find("limit")) firewall.limit = read_limit(o.object("limit"));
  if (o.find("syn_limit")) firewall.syn_limit = read_limit(o.object("syn_limit"));
  o.finish();
  return firewall;
}

Ips read_ips(SpecObject o) {
  Ips ips;
  ips.counts = o.choice("counts", counts, ips.counts);
  ips.threshold = static_cast<std::uint32_t>(o.number("threshold", ips.threshold, 1, 65535));
  ips.window_s = o.number("window_s", ips.window_s, 0.001, 1e6);
  ips.block_s = o.number("block_s", ips.block_s, 0, 1e6);
  if (o.find("spares")) ips.spares = o.ports("spares");
  ips.resets = o.flag("resets", false);
  o.finish();
  return ips;
}

Acceptor read_acceptor(SpecObject o) {
  Acceptor acceptor;
  acceptor.kind = o.choice("kind", acceptors, acceptor.kind);
  acceptor.ports = o.ports("ports");
  acceptor.rtt = read_rtt(o.object("rtt"));
  o.finish();
  return acceptor;
}

Relays read_relays(SpecObject o) {
  Relays relays;
  relays.ports = o.ports("ports");
  relays.mean_open_s = o.number("mean_open_s", relays.mean_open_s, 0.001, 1e6);
  relays.mean_closed_s = o.number("mean_closed_s", relays.mean_closed_s, 0.001, 1e6);
  o.finish();
  return relays;
}

Override read_override(SpecObject o) {
  Override one;
  one.answer = o.choice("answer", override_answers, one.answer);
  one.ports = o.ports("ports");
  if (one.answer == Override::Answer::icmp) {
    one.icmp = read_icmp(o.object("icmp"));
    one.address = o.ip("address");
  }
  if (o.find("rtt")) one.rtt = read_rtt(o.object("rtt"));
  one.share = o.number("share", one.share, 0, 1);
  one.from_s = o.seconds("from_s");
  one.until_s = o.seconds("until_s");
  one.from_syns = o.tally("from_syns");
  one.until_syns = o.tally("until_syns");
  o.finish();
  return one;
}

Late read_late(SpecObject o) {
  Late late;
  late.ports = o.ports("ports");
  late.ms = o.number("ms", late.ms, 0, 60000);
  o.finish();
  return late;
}

Life read_life(SpecObject o) {
  Life life{o.seconds("up_at_s"), o.seconds("dies_at_s"), o.tally("up_after_syns"),
            o.tally("dies_after_syns")};
  o.finish();
  return life;
}

Greeting read_greeting(SpecObject o) {
  Greeting greeting;
  greeting.act = o.choice("act", acts, greeting.act);
  greeting.after_ms = o.number("after_ms", 0, 0, 1e6);
  greeting.data = o.text("data");
  if (greeting.data.size() > 1000) o.fail("data must fit one segment: 1000 bytes at most");
  o.finish();
  return greeting;
}

LatencyStep read_step(SpecObject o) {
  LatencyStep step{o.number("at_s", 0, 0, 1e6), o.number("add_ms", 0, -60000, 60000)};
  if (o.find("ports")) step.ports = o.ports("ports");
  step.share = o.number("share", step.share, 0, 1);
  o.finish();
  return step;
}

Duplicates read_duplicates(SpecObject o) {
  Duplicates duplicates;
  duplicates.share = o.number("share", 0, 0, 1);
  duplicates.after_ms = o.number("after_ms", 0, 0, 60000);
  o.finish();
  return duplicates;
}

void check_family(const SpecObject& o, const Host& host) {
  if (host.firewall && host.firewall->refusal == Firewall::Refusal::icmp &&
      host.firewall->address.v4 != host.address.v4)
    o.fail("the firewall's address must be of the host's family");
  for (const auto& one : host.overrides)
    if (one.answer == Override::Answer::icmp && one.address.v4 != host.address.v4)
      o.fail("an override's address must be of the host's family");
}

Host read_host(const json& value, const std::string& where) {
  SpecObject o(value, where);
  Host host;
  host.address = o.ip("address");
  host.name = o.text("name");
  host.label = o.text("label");
  if (o.find("rtt")) host.rtt = read_rtt(o.object("rtt"));
  if (o.find("loss")) host.loss = read_loss(o.object("loss"));
  host.open = o.ports("open");
  host.stealth = o.flag("stealth", true);
  if (o.find("rst_limit")) host.rst_limit = read_limit(o.object("rst_limit"));
  if (o.find("relays")) host.relays = read_relays(o.object("relays"));
  if (o.find("late")) host.late = read_late(o.object("late"));
  if (o.find("firewall")) host.firewall = read_firewall(o.object("firewall"));
  if (const auto* list = o.find("overrides"))
    for (const auto& entry : *list) host.overrides.push_back(read_override({entry, where + ".overrides"}));
  if (o.find("ips")) host.ips = read_ips(o.object("ips"));
  if (o.find("acceptor")) host.acceptor = read_acceptor(o.object("acceptor"));
  if (o.find("syn_limit")) host.syn_limit = read_limit(o.object("syn_limit"));
  if (const auto* list = o.find("steps"))
    for (const auto& entry : *list) host.steps.push_back(read_step({entry, where + ".steps"}));
  if (o.find("duplicates")) host.duplicates = read_duplicates(o.object("duplicates"));
  if (o.find("life")) host.life = read_life(o.object("life"));
  if (o.find("greeting")) host.greeting = read_greeting(o.object("greeting"));
  host.group = o.text("group");
  o.finish();
  check_family(o, host);
  return host;
}

}  // namespace

Spec parse_spec(const std::string& text) try {
  const auto document = json::parse(text);
  SpecObject o(document, "farm");
  Spec spec;
  if (const auto* seed = o.find("seed")) spec.seed = seed->get<std::uint64_t>();
  spec.client_v4 = o.ip("client_v4");
  spec.client_v6 = o.ip("client_v6");
  if (!spec.client_v4.v4 || spec.client_v6.v4) o.fail("client_v4 or client_v6 is of the other family");
  if (o.find("dns")) spec.dns = o.ip("dns");
  const auto* hosts = o.find("hosts");
  if (!hosts || !hosts->is_array()) o.fail("hosts must be a list");
  std::unordered_set<Ip, IpHash> seen;
  for (std::size_t i = 0; i < hosts->size(); ++i) {
    spec.hosts.push_back(read_host((*hosts)[i], "hosts[" + std::to_string(i) + "]"));
    if (!seen.insert(spec.hosts.back().address).second)
      o.fail("two hosts have the address " + to_string(spec.hosts.back().address));
  }
  o.finish();
  return spec;
} catch (const json::exception& error) {
  throw SpecError(std::string("not a farm: ") + error.what());
}

}  // namespace edgesurvey::farm
