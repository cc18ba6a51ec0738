#include "tests/lab/farm/generate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/lab/farm/kinds.hpp"

namespace edgesurvey::farm {
namespace {

constexpr std::uint32_t most_hosts = 60000;

Rtt draw_distance(Draw& draw, Span span_ms) {
  Rtt rtt;
  rtt.ms =
      std::exp(draw.uniform(std::log(std::max(span_ms.low, 0.1)), std::log(std::max(span_ms.high, 0.1))));
  rtt.jitter_ms = 0.05 + rtt.ms * draw.uniform(0.002, 0.05);
  rtt.shape = draw.chance(0.7) ? Rtt::Shape::gamma : Rtt::Shape::lognormal;
  return rtt;
}

// Loss `total` of the round trip; where there are bursts, half of it comes in them, and they lose 80 % each
// way.
Loss draw_loss(Draw& draw, Span span, double burst_share) {
  const double total = draw.uniform(span.low, span.high);
  const bool in_bursts = draw.chance(burst_share) && total > 0;
  const double steady = in_bursts ? total / 2 : total;
  Loss loss;
  loss.out = loss.back = 1 - std::sqrt(1 - steady);
  if (in_bursts) {
    Bursts bursts;
    const double lost_while_bad = 1 - (1 - bursts.loss) * (1 - bursts.loss);
    const double bad_share = std::min(total / 2 / lost_while_bad, 0.9);
    bursts.mean_bad_s = draw.uniform(0.2, 1.0);
    bursts.mean_good_s = bursts.mean_bad_s * (1 - bad_share) / bad_share;
    loss.bursts = bursts;
  }
  return loss;
}

Greeting draw_greeting(Draw& draw) {
  using enum Greeting::Act;
  static constexpr std::array acts{idle, idle, idle, send, fin, rst};
  const auto act = acts[draw.below(acts.size())];
  return {act, act == idle ? 0 : draw.uniform(0, 200), act == send ? "\x15\x03\x01\x00\x02\x02\x28" : ""};
}

std::vector<HostKind> chosen_kinds(const Recipe& recipe) {
  std::vector<HostKind> chosen;
  if (recipe.only.empty()) {
    for (const auto& kind : recipe.wild ? wild_kinds() : host_kinds())
      if (kind.weight > 0) chosen.push_back(kind);
    return chosen;
  }
  std::vector<HostKind> all(host_kinds().begin(), host_kinds().end());
  all.insert(all.end(), wild_kinds().begin(), wild_kinds().end());
  for (const auto& label : recipe.only) {
    const auto named =
        std::find_if(all.begin(), all.end(), [&](const HostKind& kind) { return label == kind.label; });
    if (named == all.end()) throw SpecError("no such label: " + label);
    chosen.push_back(*named);
    if (named->weight == 0) chosen.back().weight = 1;
  }
  return chosen;
}

const HostKind& pick(Draw& draw, const std::vector<HostKind>& chosen) {
  double sum = 0;
  for (const auto& kind : chosen) sum += kind.weight;
  double left = draw.uniform(0, sum);
  for (const auto& kind : chosen)
    if ((left -= kind.weight) < 0) return kind;
  return chosen.back();
}

struct Choice {
  std::vector<HostKind> all;
  std::vector<HostKind> single;  // those that are not of whole blocks
};

Choice choice_of(const Recipe& recipe) {
  Choice choice{chosen_kinds(recipe), {}};
  for (const auto& kind : choice.all)
    if (!kind.by_block) choice.single.push_back(kind);
  return choice;
}

// The block draws first: where that falls on a kind of whole blocks, all of its hosts are of it.
const HostKind& pick(Draw& draw, const Choice& choice, std::uint64_t block_key) {
  if (choice.single.size() == choice.all.size()) return pick(draw, choice.all);
  Draw of_block(block_key);
  const auto& kind = pick(of_block, choice.all);
  return kind.by_block || choice.single.empty() ? kind : pick(draw, choice.single);
}

Host make_host(const Recipe& recipe, const Choice& choice, std::uint32_t index) {
  Draw draw(mix(recipe.seed, index));
  Host host;
  const bool v6 = draw.chance(recipe.v6_share);
  host.address = (v6 ? *parse_ip("2001:db8:1::100") : *parse_ip("198.18.1.0")) + index;
  host.name = "edge-" + std::to_string(index + 1) + ".farm.test";
  host.rtt = draw_distance(draw, recipe.rtt_ms);
  host.loss = draw_loss(draw, recipe.loss, recipe.burst_share);
  host.open = services();
  if (draw.chance(0.5)) host.open = ports(draw.chance(0.5) ? "443,5061" : "443");
  const auto& kind = pick(draw, choice, mix(~recipe.seed, index / hosts_of_block));
  host.label = kind.label;
  HostMaker maker(draw, host, index, recipe.late_ms);
  kind.make(maker);
  if (draw.chance(recipe.step_share)) host.steps.push_back({draw.uniform(0.5, 20), draw.uniform(5, 100)});
  host.greeting = draw_greeting(draw);
  return host;
}

}  // namespace

Spec generate(const Recipe& recipe) {
  if (recipe.hosts > most_hosts) throw SpecError("at most " + std::to_string(most_hosts) + " hosts");
  const auto choice = choice_of(recipe);
  Spec spec;
  spec.seed = recipe.seed;
  spec.client_v4 = *parse_ip("198.18.0.1");
  spec.client_v6 = *parse_ip("2001:db8::1");
  spec.dns = *parse_ip("198.18.0.53");
  for (std::uint32_t i = 0; i < recipe.hosts; ++i) spec.hosts.push_back(make_host(recipe, choice, i));
  return spec;
}

}  // namespace edgesurvey::farm
