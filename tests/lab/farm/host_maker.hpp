// Turns a plain host into one of a kind: each call adds a trait, drawn where it is not given.
#pragma once

#include <cstdint>

#include "tests/lab/farm/draw.hpp"
#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

inline constexpr std::uint32_t hosts_of_block = 16;  // a /28's addresses

struct Span {
  double low = 0, high = 0;
};

Ports ports(std::string_view text);  // of a literal: the text must be right
Ports services();
Ports services_and_range();

class HostMaker {
 public:
  // `host` has an address, a distance and open services, is in stealth mode and has no perimeter. `index` is
  // its place in the farm: its firewall gets an address of its own. `late_ms`: what late() draws from.
  HostMaker(Draw& draw, Host& host, std::uint32_t index, Span late_ms)
      : draw_(draw), host_(host), index_(index), late_ms_(late_ms) {}

  HostMaker& cls();       // all three listen
  HostMaker& some_cls();  // one or two of them
  HostMaker& late();      // the CLS ports among them answer late, all by the same time, as the recipe says
  HostMaker& late(double least_ms, double most_ms);
  HostMaker& no_service();
  HostMaker& no_stealth();
  HostMaker& stealth_or_not();
  HostMaker& rst_limit();
  // Ports of the range, here and there, that are open for open_share of the time; CLS ports among them where
  // over_cls says so.
  HostMaker& relays(double share_of_range, double open_share, bool over_cls = false);

  // The perimeter, nearer than the host, and what it does with what it does not pass.
  HostMaker& drop(const Ports& passes) { return perimeter(Firewall::Refusal::drop, passes); }
  HostMaker& reject(const Ports& passes) { return perimeter(Firewall::Refusal::rst, passes); }
  HostMaker& prohibit(const Ports& passes) { return perimeter(Firewall::Refusal::icmp, passes); }
  HostMaker& reject_or_prohibit(const Ports& passes);
  HostMaker& refuse_somehow(const Ports& passes);
  HostMaker& refusal_limit();
  HostMaker& at_the_host();  // moves the perimeter to the host's own distance, or next to it

  HostMaker& accept_everything(Acceptor::Kind kind);
  HostMaker& intrusion_prevention();
  HostMaker& dies();
  HostMaker& comes_up();

  // What the wild kinds are made of.
  HostMaker& ips(const Ips& ips);
  HostMaker& shun_but_443();  // intrusion prevention that lets 443 alone
  HostMaker& accept_part(const Ports& accepted, Acceptor::Kind kind = Acceptor::Kind::syn_proxy);
  HostMaker& override_with(Override one);
  HostMaker& answer_always(Override::Answer answer, const Ports& to);
  HostMaker& answer_until(Override::Answer answer, const Ports& to, double until_s);
  HostMaker& answer_share(Override::Answer answer, const Ports& to, double share);
  // From some SYN of the scan on, once a scanner of any order has asked for the CLS ports.
  HostMaker& answer_in_scan(Override::Answer answer, const Ports& to);
  HostMaker& refuses_nearer(const Ports& to);  // RSTs to these, from a box well before the host
  HostMaker& no_route_outside();               // the perimeter's ICMP is "host unreachable"
  HostMaker& no_route_at_first(double until_s);
  HostMaker& route_flaps();                                     // three times without a route
  HostMaker& path_without_route(double share);                  // for that share of SYNs
  HostMaker& firewall_before(double least_ms, double most_ms);  // so much nearer than the host
  HostMaker& front_nearer();                                    // 443 is answered elsewhere, by 5 to 80 ms
  HostMaker& front_farther();                                   //
  HostMaker& rtt_steps();                                       // up, down, or both
  HostMaker& rtt_drifts();
  HostMaker& several_paths();  // each port has one of two
  HostMaker& overtaken();      // a fifth of the answers come later
  HostMaker& duplicated();
  HostMaker& lossy();  // 20 or 30 %
  HostMaker& syn_limit_at_host();
  HostMaker& syn_limit_at_firewall();
  HostMaker& relays_all_over(double occupancy, double mean_open_s);  // any port of the range, CLS ports too
  // Behind one perimeter with the other hosts of its /28 (of its block of 16 addresses).
  HostMaker& group();
  HostMaker& group_ips();
  HostMaker& group_refusal_limit();
  HostMaker& group_syn_limit();

  // A run of ports from 50000 on; a share of all ports, here and there.
  Ports run_of_range(std::uint32_t least, std::uint32_t most);
  Ports scattered(double share);
  // One opening of the range, its ends on round hundreds as administrators write them.
  Ports opening(std::uint32_t least, std::uint32_t most);
  Ports single_ports(std::uint32_t how_many);  // of the range
  bool chance(double probability) { return draw_.chance(probability); }
  double uniform(double low, double high) { return draw_.uniform(low, high); }
  std::uint32_t below(std::uint32_t n) { return draw_.below(n); }

 private:
  HostMaker& perimeter(Firewall::Refusal refusal, const Ports& passes);
  HostMaker& front(double add_ms);
  double nearest_ms() const;
  Override no_route();

  Draw& draw_;
  Host& host_;
  std::uint32_t index_;
  Span late_ms_;
};

}  // namespace edgesurvey::farm
