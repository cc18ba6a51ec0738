#include "tests/lab/farm/host_maker.hpp"

#include <array>
#include <cmath>

namespace edgesurvey::farm {

Ports ports(std::string_view text) {
  return Ports::parse(text).value();
}
Ports services() {
  return ports("443,3478,5061");
}
Ports services_and_range() {
  return services() | Ports({media_range});
}

HostMaker& HostMaker::cls() {
  host_.open = host_.open | ports("50001-50003");
  return *this;
}

HostMaker& HostMaker::some_cls() {
  static constexpr std::array<std::string_view, 6> subsets{"50001",       "50002",       "50003",
                                                           "50001,50002", "50001,50003", "50002,50003"};
  host_.open = host_.open | ports(subsets[draw_.below(subsets.size())]);
  return *this;
}

HostMaker& HostMaker::late() {
  return late(late_ms_.low, late_ms_.high);
}

HostMaker& HostMaker::late(double least_ms, double most_ms) {
  host_.late = Late{ports("50001-50003"), draw_.uniform(least_ms, most_ms)};
  return *this;
}

HostMaker& HostMaker::no_service() {
  host_.open = {};
  return *this;
}

HostMaker& HostMaker::no_stealth() {
  host_.stealth = false;
  return *this;
}

HostMaker& HostMaker::stealth_or_not() {
  host_.stealth = draw_.chance(0.5);
  return *this;
}

HostMaker& HostMaker::rst_limit() {
  const double per_s = draw_.uniform(0.5, 10);
  host_.rst_limit = RateLimit{per_s, std::ceil(draw_.uniform(0, 10))};
  return *this;
}

HostMaker& HostMaker::relays(double share_of_range, double open_share, bool over_cls) {
  std::vector<PortRange> chosen;
  for (std::uint32_t port = media_range.first; port <= media_range.last; ++port) {
    const bool of_cls = port >= first_cls_port && port <= last_cls_port;
    const auto one = static_cast<std::uint16_t>(port);
    if ((over_cls || !of_cls) && draw_.chance(share_of_range / open_share)) chosen.push_back({one, one});
  }
  const double cycle_s = draw_.uniform(20, 300);
  host_.relays = Relays{Ports(std::move(chosen)), cycle_s * open_share, cycle_s * (1 - open_share)};
  return *this;
}

HostMaker& HostMaker::perimeter(Firewall::Refusal refusal, const Ports& passes) {
  // Host, port, network and host administratively prohibited, communication prohibited (RFC 1812); and their
  // kin of RFC 4443: no route, prohibited, address, port, policy, reject route.
  static constexpr std::array icmp_v4{Icmp{3, 1}, Icmp{3, 3}, Icmp{3, 9}, Icmp{3, 10}, Icmp{3, 13}};
  static constexpr std::array icmp_v6{Icmp{1, 0}, Icmp{1, 1}, Icmp{1, 3}, Icmp{1, 4}, Icmp{1, 5}, Icmp{1, 6}};
  const bool v4 = host_.address.v4;
  const double share = draw_.uniform(0.1, 0.7);
  Firewall firewall;
  firewall.refusal = refusal;
  firewall.passes = passes;
  firewall.rtt = {host_.rtt.ms * share, host_.rtt.jitter_ms * share, host_.rtt.shape};
  firewall.address = parse_ip(v4 ? "198.19.0.1" : "2001:db8:f::1").value() + index_;
  firewall.icmp = v4 ? icmp_v4[draw_.below(icmp_v4.size())] : icmp_v6[draw_.below(icmp_v6.size())];
  host_.firewall = firewall;
  return *this;
}

HostMaker& HostMaker::reject_or_prohibit(const Ports& passes) {
  return draw_.chance(0.5) ? reject(passes) : prohibit(passes);
}

HostMaker& HostMaker::refuse_somehow(const Ports& passes) {
  return draw_.chance(1.0 / 3) ? drop(passes) : reject_or_prohibit(passes);
}

HostMaker& HostMaker::refusal_limit() {
  host_.firewall->limit = RateLimit{draw_.uniform(0.5, 5), 6};
  return *this;
}

HostMaker& HostMaker::at_the_host() {
  host_.firewall->rtt = host_.rtt;
  host_.firewall->rtt.ms *= draw_.uniform(0.97, 1);
  return *this;
}

HostMaker& HostMaker::accept_everything(Acceptor::Kind kind) {
  const double share = draw_.uniform(0.05, 0.5);
  host_.acceptor =
      Acceptor{kind, ports("1-65535"), {host_.rtt.ms * share, host_.rtt.jitter_ms * share, host_.rtt.shape}};
  return drop(services());
}

HostMaker& HostMaker::intrusion_prevention() {
  static constexpr std::array thresholds{5U, 10U, 20U, 20U, 20U, 30U, 50U};
  Ips ips;
  ips.counts = draw_.chance(0.7) ? Ips::Counts::ports : Ips::Counts::refused;
  ips.threshold = thresholds[draw_.below(thresholds.size())];
  ips.window_s = draw_.chance(0.7) ? 5 : 60;
  ips.block_s = draw_.chance(0.5) ? 0 : draw_.uniform(10, 300);
  host_.ips = ips;
  return *this;
}

HostMaker& HostMaker::dies() {
  if (draw_.chance(0.5))
    host_.life.dies_after_syns = 5 + draw_.below(70);
  else
    host_.life.dies_at_s = draw_.uniform(0.5, 30);
  return *this;
}

HostMaker& HostMaker::comes_up() {
  if (draw_.chance(0.5))
    host_.life.up_after_syns = 1 + draw_.below(20);
  else
    host_.life.up_at_s = draw_.uniform(0.5, 10);
  return *this;
}

Ports HostMaker::opening(std::uint32_t least, std::uint32_t most) {
  const auto size = 100 * (least / 100 + draw_.below((most - least) / 100 + 1));
  const auto first = media_range.first + 100 * draw_.below((media_range.size() - size) / 100 + 1);
  return Ports({{static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(first + size - 1)}});
}

}  // namespace edgesurvey::farm
