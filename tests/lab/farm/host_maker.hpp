// Turns a plain host into one of a kind: each call adds a trait, drawn where it is not given.
#pragma once

#include <cstdint>

#include "tests/lab/farm/draw.hpp"
#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

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
  HostMaker& late();      // the CLS ports among them answer late, all by the same time
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
  // Intrusion prevention that lets 443 alone.
  HostMaker& shun_but_443();
  HostMaker& accept_part(const Ports& accepted);  // a proxy for these ports
  // The services and CLS ports refuse at first, for so long; or CLS ports at every other connection.
  HostMaker& refuses_at_first(Firewall::Refusal refusal, double until_s);
  HostMaker& nodes_differ();
  HostMaker& no_route_outside();  // the perimeter's ICMP is "host unreachable"
  HostMaker& dies();
  HostMaker& comes_up();

  // A run of ports from 50000 on; a share of all ports, here and there.
  Ports run_of_range(std::uint32_t least, std::uint32_t most);
  Ports scattered(double share);
  // One opening of the range, its ends on round hundreds as administrators write them.
  Ports opening(std::uint32_t least, std::uint32_t most);
  bool chance(double probability) { return draw_.chance(probability); }

 private:
  HostMaker& perimeter(Firewall::Refusal refusal, const Ports& passes);

  Draw& draw_;
  Host& host_;
  std::uint32_t index_;
  Span late_ms_;
};

}  // namespace edgesurvey::farm
