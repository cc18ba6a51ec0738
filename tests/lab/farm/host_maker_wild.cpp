// The traits of the wild kinds.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "tests/lab/farm/host_maker.hpp"

namespace edgesurvey::farm {
namespace {

// Drawn from where a block stands, so that all of its hosts agree.
Draw draw_of_block(std::uint32_t block) {
  return Draw(mix(0x626c6f636b, block));
}

}  // namespace

HostMaker& HostMaker::ips(const Ips& ips) {
  host_.ips = ips;
  return *this;
}

HostMaker& HostMaker::shun_but_443() {
  return ips({.threshold = 8 + draw_.below(30), .window_s = 60, .spares = ports("443")});
}

HostMaker& HostMaker::accept_part(const Ports& accepted, Acceptor::Kind kind) {
  const double share = draw_.uniform(0.3, 1);
  host_.acceptor =
      Acceptor{kind, accepted, {host_.rtt.ms * share, host_.rtt.jitter_ms * share, host_.rtt.shape}};
  return *this;
}

HostMaker& HostMaker::override_with(Override one) {
  host_.overrides.push_back(std::move(one));
  return *this;
}

HostMaker& HostMaker::answer_always(Override::Answer answer, const Ports& to) {
  return override_with({.answer = answer, .ports = to});
}

HostMaker& HostMaker::answer_until(Override::Answer answer, const Ports& to, double until_s) {
  return override_with({.answer = answer, .ports = to, .until_s = until_s});
}

HostMaker& HostMaker::answer_share(Override::Answer answer, const Ports& to, double share) {
  return override_with({.answer = answer, .ports = to, .share = share});
}

HostMaker& HostMaker::answer_in_scan(Override::Answer answer, const Ports& to) {
  return override_with({.answer = answer, .ports = to, .from_syns = 10 + draw_.below(40)});
}

HostMaker& HostMaker::refuses_nearer(const Ports& to) {
  const double share = draw_.uniform(0.1, 0.7);
  return override_with({.answer = Override::Answer::rst,
                        .ports = to,
                        .rtt = Rtt{host_.rtt.ms * share, host_.rtt.jitter_ms * share, host_.rtt.shape}});
}

HostMaker& HostMaker::no_route_outside() {
  host_.firewall->icmp = host_.address.v4 ? Icmp{3, 1} : Icmp{1, 3};
  return *this;
}

// Network or host unreachable, or a loop until the hops run out; and their kin of RFC 4443.
Override HostMaker::no_route() {
  static constexpr std::array v4{Icmp{3, 0}, Icmp{3, 1}, Icmp{11, 0}};
  static constexpr std::array v6{Icmp{1, 0}, Icmp{1, 3}, Icmp{3, 0}};
  const auto which = draw_.below(v4.size());
  return {.answer = Override::Answer::icmp,
          .ports = ports("1-65535"),
          .icmp = host_.address.v4 ? v4[which] : v6[which],
          .address = parse_ip(host_.address.v4 ? "198.19.0.1" : "2001:db8:f::1").value() + index_,
          .rtt = Rtt{host_.rtt.ms * draw_.uniform(0.3, 0.9), host_.rtt.jitter_ms, host_.rtt.shape}};
}

HostMaker& HostMaker::no_route_at_first(double until_s) {
  auto one = no_route();
  one.until_s = until_s;
  return override_with(std::move(one));
}

HostMaker& HostMaker::route_flaps() {
  double at_s = draw_.uniform(0, 2);
  for (int i = 0; i < 3; ++i) {
    auto one = no_route();
    one.from_s = at_s;
    at_s += draw_.uniform(0.3, 1.5);
    one.until_s = at_s;
    at_s += draw_.uniform(1, 5);
    override_with(std::move(one));
  }
  return *this;
}

HostMaker& HostMaker::path_without_route(double share) {
  auto one = no_route();
  one.share = share;
  return override_with(std::move(one));
}

HostMaker& HostMaker::firewall_before(double least_ms, double most_ms) {
  host_.firewall->rtt = host_.rtt;
  host_.firewall->rtt.ms = std::max(host_.rtt.ms - draw_.uniform(least_ms, most_ms), 0.1);
  return *this;
}

HostMaker& HostMaker::front(double add_ms) {
  host_.steps.push_back({.add_ms = add_ms, .ports = ports("443")});
  return *this;
}

HostMaker& HostMaker::front_nearer() {
  return front(-std::min(draw_.uniform(5, 80), 0.8 * host_.rtt.ms));
}

HostMaker& HostMaker::front_farther() {
  return front(draw_.uniform(5, 80));
}

// What a shorter path can save is at most most of the way to the firewall.
double HostMaker::nearest_ms() const {
  return host_.firewall ? host_.firewall->rtt.ms : host_.rtt.ms;
}

HostMaker& HostMaker::rtt_steps() {
  const double up_ms = draw_.uniform(5, 100);
  const double down_ms = -std::min(draw_.uniform(5, 100), 0.6 * nearest_ms());
  const double at_s = draw_.uniform(0.2, 8);
  const auto how = draw_.below(3);
  host_.steps.push_back({at_s, how == 1 ? down_ms : up_ms});
  if (how == 2) host_.steps.push_back({at_s + draw_.uniform(0.3, 8), -up_ms});
  return *this;
}

HostMaker& HostMaker::rtt_drifts() {
  constexpr int steps = 100;
  const double up_ms = draw_.uniform(10, 150);
  const double in_all_ms = draw_.chance(0.5) ? up_ms : -std::min(up_ms, 0.6 * nearest_ms());
  const double last_s = draw_.uniform(3, 30);
  for (int i = 1; i <= steps; ++i) host_.steps.push_back({i * last_s / steps, in_all_ms / steps});
  return *this;
}

HostMaker& HostMaker::several_paths() {
  host_.steps.push_back({.add_ms = draw_.uniform(5, 60), .ports = scattered(0.5)});
  return *this;
}

HostMaker& HostMaker::overtaken() {
  host_.steps.push_back({.add_ms = draw_.uniform(20, 300), .share = 0.2});
  return *this;
}

HostMaker& HostMaker::duplicated() {
  host_.duplicates = Duplicates{draw_.uniform(0.1, 1), draw_.uniform(0, 50)};
  return *this;
}

HostMaker& HostMaker::lossy() {
  host_.loss = {};
  host_.loss.out = host_.loss.back = 1 - std::sqrt(1 - (draw_.chance(0.5) ? 0.2 : 0.3));
  return *this;
}

HostMaker& HostMaker::syn_limit_at_host() {
  const double per_s = draw_.uniform(2, 20);
  host_.syn_limit = RateLimit{per_s, std::ceil(draw_.uniform(4, 20))};
  return *this;
}

HostMaker& HostMaker::syn_limit_at_firewall() {
  const double per_s = draw_.uniform(2, 20);
  host_.firewall->syn_limit = RateLimit{per_s, std::ceil(draw_.uniform(4, 20))};
  return *this;
}

HostMaker& HostMaker::relays_all_over(double occupancy, double mean_open_s) {
  host_.relays = Relays{Ports({media_range}), mean_open_s, mean_open_s * (1 / occupancy - 1)};
  return *this;
}

HostMaker& HostMaker::group() {
  host_.group = "block-" + std::to_string(index_ / hosts_of_block);
  return *this;
}

HostMaker& HostMaker::group_ips() {
  auto draw = draw_of_block(index_ / hosts_of_block);
  Ips shared{.threshold = 20 + draw.below(60), .window_s = 60};
  if (draw.chance(0.5)) shared.block_s = draw.uniform(10, 60);
  return group().ips(shared);
}

HostMaker& HostMaker::group_refusal_limit() {
  auto draw = draw_of_block(index_ / hosts_of_block);
  const double per_s = draw.uniform(2, 20);
  host_.firewall->limit = RateLimit{per_s, 10};
  return group();
}

HostMaker& HostMaker::group_syn_limit() {
  auto draw = draw_of_block(index_ / hosts_of_block);
  const double per_s = draw.uniform(20, 100);
  host_.firewall->syn_limit = RateLimit{per_s, per_s};
  return group();
}

Ports HostMaker::run_of_range(std::uint32_t least, std::uint32_t most) {
  const auto size = least + draw_.below(most - least + 1);
  return Ports({{media_range.first, static_cast<std::uint16_t>(media_range.first + size - 1)}});
}

Ports HostMaker::scattered(double share) {
  std::vector<PortRange> chosen;
  for (std::uint32_t port = 1; port <= 65535; ++port)
    if (draw_.chance(share))
      chosen.push_back({static_cast<std::uint16_t>(port), static_cast<std::uint16_t>(port)});
  return Ports(std::move(chosen));
}

Ports HostMaker::single_ports(std::uint32_t how_many) {
  std::vector<PortRange> chosen;
  for (std::uint32_t i = 0; i < how_many; ++i) {
    const auto port = static_cast<std::uint16_t>(media_range.first + draw_.below(media_range.size()));
    chosen.push_back({port, port});
  }
  return Ports(std::move(chosen));
}

}  // namespace edgesurvey::farm
