// Behaviours of products and networks, each with its source. Drawn with the preset "wild".
#include <array>

#include "tests/lab/farm/kinds.hpp"

namespace edgesurvey::farm {
namespace {

using M = HostMaker;
using Answer = Override::Answer;

Ports all() {
  return services_and_range();
}
Ports cls() {
  return ports("50001-50003");
}

const std::array wild{
    // ---- Intrusion prevention.
    // It blocks a scanner but for the published service (Cisco ASA "shun" with exceptions, fail2ban's
    // per-port
    // actions; Snort inline "drop" by rule).
    HostKind{"shun-exposed", 2, [](M& m) { m.cls().drop(all()).shun_but_443(); }},
    HostKind{"shun-exposed-answering", 2, [](M& m) { m.cls().no_stealth().drop(all()).shun_but_443(); }},
    HostKind{"shun-closed", 1, [](M& m) { m.drop(services()).shun_but_443(); }},
    // ---- What accepts for the host.
    // A full proxy for some of the range (F5 BIG-IP wildcard virtual server with a port list; HAProxy with a
    // range in "bind"; Juniper SYN proxy by zone).
    HostKind{"proxy-run", 2, [](M& m) { m.drop(services()).accept_part(m.run_of_range(10, 1000)); }},
    HostKind{"proxy-half", 1, [](M& m) { m.drop(services()).accept_part(m.run_of_range(2000, 6000)); }},
    // Deception that accepts here and there (portspoof, honeyd, Cisco "TCP intercept" under load).
    HostKind{"decoy-ports", 2, [](M& m) { m.drop(services()).accept_part(m.scattered(0.5)); }},
    // ---- One refusal is not final.
    // Several nodes behind one address that differ (DNAT with an LVS or ECMP next hop by source port).
    HostKind{"nodes-exposed", 2, [](M& m) { m.cls().drop(all()).answer_share(Answer::rst, cls(), 0.5); }},
    // A listener's queue overflows and resets (Microsoft KB113576; net.ipv4.tcp_abort_on_overflow).
    HostKind{"refuses-at-first", 2,
             [](M& m) { m.cls().drop(all()).answer_until(Answer::rst, services() | cls(), 1.5); }},
    // A route that flaps: unreachable until it is back (RFC 1122, 3.2.2.1: a hint, not a proof; RFC 4443).
    HostKind{"route-flaps", 2, [](M& m) { m.cls().prohibit(all()).no_route_outside().no_route_at_first(2); }},
    // ---- Openings.
    // The remedy: the CLS ports alone are blocked, and the rest of the range is passed (`remediate`'s rule).
    HostKind{"cls-blocked", 2, [](M& m) { m.no_stealth().drop(services() | ports("50000,50004-59999")); }},
    // ---- Media relays ([MS-TURN], RFC 6062: a relay holds the ports of its sessions).
    HostKind{"relay-and-agent", 2, [](M& m) { m.cls().relays(0.2, 0.5).drop(all()); }},
    HostKind{"relay-of-one-percent", 1, [](M& m) { m.relays(0.01, 0.5, true).drop(all()); }},
    HostKind{"relay-of-twenty-percent", 1, [](M& m) { m.relays(0.2, 0.5, true).drop(all()); }},
};

}  // namespace

std::span<const HostKind> wild_kinds() {
  return wild;
}

}  // namespace edgesurvey::farm
