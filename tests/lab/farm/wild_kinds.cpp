// Behaviours of products and networks, each with its source. Drawn with the preset "wild".
#include <array>

#include "tests/lab/farm/kinds.hpp"
#include "tests/lab/farm/wild_ports.hpp"

namespace edgesurvey::farm {
namespace {

using namespace wild;
using M = HostMaker;
using Answer = Override::Answer;

double occupancy(M& m) {
  static constexpr std::array shares{0.01, 0.05, 0.2};
  return shares[m.below(shares.size())];
}

const std::array table{
    // ---- Intrusion prevention.
    // It blocks a scanner but for the published service (fail2ban's per-port actions; Snort inline "drop" by
    // rule).
    HostKind{"shun-exposed", 2, [](M& m) { m.cls().drop(all()).shun_but_443(); }},
    HostKind{"shun-exposed-no-stealth", 2, [](M& m) { m.cls().no_stealth().drop(all()).shun_but_443(); }},
    HostKind{"shun-closed", 1, [](M& m) { m.drop(services()).shun_but_443(); }},
    // It lets go while the scan goes on (fail2ban "bantime"; Snort rate_filter "timeout").
    HostKind{"shun-ends-exposed", 1,
             [](M& m) {
               m.cls().drop(all()).ips(
                   {.threshold = 6 + m.below(20), .window_s = 10, .block_s = m.uniform(2, 15)});
             }},
    HostKind{"shun-ends-answering", 1,
             [](M& m) {
               m.no_stealth().drop(all()).ips({.threshold = 12 + m.below(20),
                                               .window_s = 10,
                                               .block_s = m.uniform(2, 15),
                                               .spares = ports("443")});
             }},
    // It comes back as often as the rate does (Snort rate_filter, Suricata "rate_filter": new_action drop).
    HostKind{"rate-block-exposed", 1,
             [](M& m) {
               m.cls().drop(all()).ips(
                   {.threshold = 5 + m.below(10), .window_s = 1, .block_s = m.uniform(1, 5)});
             }},
    HostKind{"rate-block-answering", 1,
             [](M& m) {
               m.no_stealth().drop(all()).ips(
                   {.threshold = 5 + m.below(10), .window_s = 1, .block_s = m.uniform(1, 5)});
             }},
    // It resets instead of dropping (Palo Alto "reset-both", Firepower "block with reset", Snort "reject").
    HostKind{"reset-by-ips-exposed", 1,
             [](M& m) {
               m.cls().drop(all()).ips({.threshold = 8 + m.below(30), .window_s = 60, .resets = true});
             }},
    HostKind{
        "reset-by-ips-closed", 1,
        [](M& m) { m.drop(services()).ips({.threshold = 8 + m.below(30), .window_s = 60, .resets = true}); }},
    // An administrator or a system acts on the CLS ports in mid-scan: `remediate`'s rule, or a rule that an
    // IPS writes (inferred).
    HostKind{"cls-dropped-in-scan", 1, [](M& m) { m.cls().drop(all()).answer_in_scan(Answer::drop, cls()); }},
    HostKind{"cls-reset-in-scan", 1, [](M& m) { m.cls().drop(all()).answer_in_scan(Answer::rst, cls()); }},
    // The services with them: Stop-CsWindowsService without a service's name, and no stealth mode.
    HostKind{"services-stop-in-scan", 1,
             [](M& m) { m.cls().no_stealth().drop(all()).answer_in_scan(Answer::rst, services() | cls()); }},
    HostKind{"cut-off-in-scan", 1,
             [](M& m) { m.cls().no_stealth().drop(all()).answer_in_scan(Answer::drop, anything()); }},

    // ---- What accepts for the host.
    // A full proxy for some of the range (F5 BIG-IP wildcard virtual server with a port list; HAProxy with
    // a range in "bind"; Juniper SYN proxy by zone).
    HostKind{"proxy-run", 2, [](M& m) { m.drop(services()).accept_part(m.run_of_range(10, 1000)); }},
    HostKind{"proxy-half", 1, [](M& m) { m.drop(services()).accept_part(m.run_of_range(2000, 6000)); }},
    // Deception that accepts here and there (portspoof, honeyd).
    HostKind{"decoy-ports", 2, [](M& m) { m.drop(services()).accept_part(m.scattered(0.5)); }},
    HostKind{"decoy-ports-few", 1, [](M& m) { m.drop(services()).accept_part(m.scattered(0.2)); }},
    // All but those a carrier blocks anyway (portspoof behind a provider's filter of 25, 135-139 and 445).
    HostKind{
        "accepts-all-but-few", 1,
        [](M& m) { m.drop(services()).accept_part(all_but(ports("25,135-139,445") | m.single_ports(3))); }},
    // A proxy that has nothing to connect to: SYN-ACK, then RST (F5 BIG-IP standard virtual server without
    // a pool member; HAProxy "tcp-request connection reject").
    HostKind{"accepts-then-resets", 1,
             [](M& m) { m.drop(services()).accept_part(anything(), Acceptor::Kind::resetter); }},
    HostKind{
        "accepts-run-then-resets", 1,
        [](M& m) { m.drop(services()).accept_part(m.run_of_range(10, 1000), Acceptor::Kind::resetter); }},
    // Open or refused by chance, whatever is asked (xtables-addons, target CHAOS with --delude).
    HostKind{"chaos", 1,
             [](M& m) {
               const auto others = all_but(services());
               m.drop(services())
                   .answer_share(Answer::accept, others, m.uniform(0.1, 0.5))
                   .answer_share(Answer::rst, others, 0.5);
             }},
    // A tarpit on part of the range (xtables-addons TARPIT, LaBrea), beside the agent or over its ports.
    HostKind{"tarpit-beside-agent", 1,
             [](M& m) { m.cls().drop(all()).accept_part(run_beside_cls(m), Acceptor::Kind::tarpit); }},
    HostKind{"tarpit-run", 1,
             [](M& m) { m.drop(services()).accept_part(m.run_of_range(100, 5000), Acceptor::Kind::tarpit); }},

    // ---- Refusals, and how far away they are.
    // Only 443 is served here, and 3478 and 5061 refuse as any port would (an Edge of one role; RFC 9293,
    // 3.10.7.1).
    HostKind{"services-refuse-exposed", 1,
             [](M& m) { m.cls().drop(all()).answer_always(Answer::rst, other_services()); }},
    HostKind{"services-refuse-answering", 1,
             [](M& m) { m.no_stealth().drop(all()).answer_always(Answer::rst, other_services()); }},
    HostKind{"services-refuse-closed", 1,
             [](M& m) { m.drop(services()).answer_always(Answer::rst, other_services()); }},
    // The firewall is on the host itself, or on its hypervisor (Windows Firewall without stealth mode,
    // VMware NSX distributed firewall with "reject").
    HostKind{"rst-at-host", 1, [](M& m) { m.reject(services()).firewall_before(0, 0); }},
    HostKind{"firewall-beside-closed", 1, [](M& m) { m.reject(services()).firewall_before(0.2, 2); }},
    HostKind{"firewall-beside-answering", 1,
             [](M& m) { m.no_stealth().reject(all()).firewall_before(0.2, 2); }},
    // 443 is answered at the nearest site of a network that takes connections for it (Cloudflare Spectrum,
    // AWS Global Accelerator).
    HostKind{"front-nearer-answering", 1, [](M& m) { m.no_stealth().drop(all()).front_nearer(); }},
    HostKind{"front-nearer-rejecting", 1, [](M& m) { m.reject(services()).front_nearer(); }},
    HostKind{"front-nearer-no-firewall", 1, [](M& m) { m.no_stealth().front_nearer(); }},
    // 443 goes to a reverse proxy in another city (inferred).
    HostKind{"front-farther-answering", 1, [](M& m) { m.no_stealth().drop(all()).front_farther(); }},
    HostKind{"front-farther-rejecting", 1, [](M& m) { m.reject(services()).front_farther(); }},
    HostKind{"front-farther-no-firewall", 1, [](M& m) { m.no_stealth().front_farther(); }},
    HostKind{"front-farther-exposed", 1, [](M& m) { m.cls().no_stealth().drop(all()).front_farther(); }},
    // The range alone is refused in front, the rest dropped (iptables, policy DROP and a rule REJECT
    // --reject-with tcp-reset).
    HostKind{"near-rst-inside", 1, [](M& m) { m.drop(services()).refuses_nearer(range()); }},
    // The host's RSTs inside, the firewall's outside.
    HostKind{"far-inside-near-outside", 1, [](M& m) { m.no_stealth().reject(all()); }},
    // The route changes in mid-scan (Pucha et al., "Understanding network delay changes caused by routing
    // events", SIGMETRICS 2007).
    HostKind{"rtt-steps-closed", 1, [](M& m) { m.reject(services()).rtt_steps(); }},
    HostKind{"rtt-steps-answering", 1, [](M& m) { m.no_stealth().reject(all()).rtt_steps(); }},
    HostKind{"rtt-steps-no-firewall", 1, [](M& m) { m.no_stealth().rtt_steps(); }},
    // A queue fills or empties (Gettys and Nichols, "Bufferbloat", 2011).
    HostKind{"rtt-drifts-closed", 1, [](M& m) { m.reject(services()).rtt_drifts(); }},
    HostKind{"rtt-drifts-no-firewall", 1, [](M& m) { m.no_stealth().rtt_drifts(); }},
    // Each flow has its path (ECMP by a hash, RFC 2992; Augustin et al., "Avoiding traceroute anomalies", IMC
    // 2006).
    HostKind{"several-paths-closed", 1, [](M& m) { m.reject(services()).several_paths(); }},
    HostKind{"several-paths-answering", 1, [](M& m) { m.no_stealth().drop(all()).several_paths(); }},
    HostKind{"several-paths-no-firewall", 1, [](M& m) { m.no_stealth().several_paths(); }},

    // ---- One refusal is not final.
    // Several nodes behind one address that differ (DNAT with an LVS or ECMP next hop by source port).
    HostKind{"nodes-exposed", 2, [](M& m) { m.cls().drop(all()).answer_share(Answer::rst, cls(), 0.5); }},
    HostKind{"nodes-silent", 1, [](M& m) { m.cls().drop(all()).answer_share(Answer::drop, cls(), 0.5); }},
    // A listener's queue overflows and resets (Microsoft KB113576; net.ipv4.tcp_abort_on_overflow).
    HostKind{"refuses-at-first", 2,
             [](M& m) { m.cls().drop(all()).answer_until(Answer::rst, services() | cls(), 1.5); }},
    HostKind{"queue-overflows", 1,
             [](M& m) { m.cls().drop(all()).answer_share(Answer::rst, services() | cls(), 0.3); }},
    // A route that flaps: unreachable until it is back (RFC 1122, 3.2.2.1: a hint, not a proof; RFC 4443).
    HostKind{"route-flaps", 2, [](M& m) { m.cls().prohibit(all()).no_route_outside().no_route_at_first(2); }},
    HostKind{"route-flaps-exposed", 1, [](M& m) { m.cls().drop(all()).route_flaps(); }},
    HostKind{"route-flaps-answering", 1, [](M& m) { m.no_stealth().drop(all()).route_flaps(); }},
    HostKind{"route-flaps-closed", 1, [](M& m) { m.drop(services()).route_flaps(); }},
    // One of several paths leads nowhere (RFC 2992, as above).
    HostKind{"bad-path-exposed", 1, [](M& m) { m.cls().drop(all()).path_without_route(0.3); }},
    HostKind{"bad-path-closed", 1, [](M& m) { m.drop(services()).path_without_route(0.3); }},

    // ---- Limits and loss.
    // SYNs above a rate are dropped (RFC 4987; iptables "limit", Juniper "screen ids-option tcp
    // syn-flood").
    HostKind{"syn-limit-host-exposed", 1, [](M& m) { m.cls().drop(all()).syn_limit_at_host(); }},
    HostKind{"syn-limit-host-answering", 1, [](M& m) { m.no_stealth().drop(all()).syn_limit_at_host(); }},
    HostKind{"syn-limit-exposed", 1, [](M& m) { m.cls().drop(all()).syn_limit_at_firewall(); }},
    HostKind{"syn-limit-answering", 1, [](M& m) { m.no_stealth().drop(all()).syn_limit_at_firewall(); }},
    HostKind{"syn-limit-closed", 1, [](M& m) { m.drop(services()).syn_limit_at_firewall(); }},
    // A path that polices loses a fifth of what it carries (Flach et al., "An Internet-wide analysis of
    // traffic policing", SIGCOMM 2016).
    HostKind{"lossy-exposed", 1, [](M& m) { m.cls().drop(all()).lossy(); }},
    HostKind{"lossy-answering", 1, [](M& m) { m.no_stealth().drop(all()).lossy(); }},
    HostKind{"lossy-closed", 1, [](M& m) { m.drop(services()).lossy(); }},

    // ---- Openings.
    // The remedy: the CLS ports alone are blocked, and the rest of the range is passed (`remediate`'s
    // rule).
    HostKind{"cls-blocked", 2, [](M& m) { m.no_stealth().drop(services() | ports("50000,50004-59999")); }},
    HostKind{"cls-blocked-in-openings", 1,
             [](M& m) { m.no_stealth().drop((two_openings(m) | ports("50000-50399")) - cls()); }},
    // Single ports denied before the range is allowed (first match decides, as in Cisco access lists).
    HostKind{"one-port-holes", 1, [](M& m) { m.no_stealth().drop(all() - m.single_ports(200)); }},
    // The range moved or widened (see wild_ports.hpp), or a round one below it (inferred).
    HostKind{"moved-range-exposed", 1, [](M& m) { m.cls().drop(moved_range(m)); }},
    HostKind{"moved-range-answering", 2, [](M& m) { m.no_stealth().drop(moved_range(m)); }},
    HostKind{"moved-range-silent", 1, [](M& m) { m.drop(moved_range(m)); }},
    HostKind{"range-elsewhere-no-stealth", 1, [](M& m) { m.no_stealth().drop(range_elsewhere()); }},
    HostKind{"range-elsewhere-agent", 1, [](M& m) { m.cls().drop(range_elsewhere()); }},
    // A rule for a round block of ports that the range begins in (inferred).
    HostKind{"opening-about-50000", 1, [](M& m) { m.no_stealth().drop(opening_about_50000(m)); }},

    // ---- Answers on their way.
    // Overtaken (Bellardo and Savage, "Measuring packet reordering", IMW 2002), or twice (Paxson,
    // "End-to-end Internet packet dynamics", 1997).
    HostKind{"reordered-exposed", 1, [](M& m) { m.cls().drop(all()).overtaken(); }},
    HostKind{"reordered-answering", 1, [](M& m) { m.no_stealth().reject(all()).overtaken(); }},
    HostKind{"duplicated-exposed", 1, [](M& m) { m.cls().drop(all()).duplicated(); }},
    HostKind{"duplicated-answering", 1, [](M& m) { m.no_stealth().drop(all()).duplicated(); }},
    // The agent answers seconds later than 443 (a loaded agent: inferred).
    HostKind{"late-exposed", 1, [](M& m) { m.cls().late(500, 2500).drop(all()); }},
    // Anti-DDoS asks first whether a client resets an impossible acknowledgement (RFC 9293, 3.10.7.3, "out
    // of sequence" authentication: inferred), or two boxes that rewrite sequence numbers disagree at times
    // (inferred).
    HostKind{
        "syn-authentication", 1,
        [](M& m) { m.cls().drop(all()).answer_until(Answer::wrong_ack, anything(), m.uniform(0.1, 0.5)); }},
    HostKind{"wrong-acknowledgements", 1,
             [](M& m) { m.cls().drop(all()).answer_share(Answer::wrong_ack, anything(), 0.4); }},

    // ---- Media relays ([MS-TURN], RFC 6062: a relay holds the ports of its sessions).
    HostKind{"relay-and-agent", 2, [](M& m) { m.cls().relays(0.2, 0.5).drop(all()); }},
    HostKind{"relay-of-one-percent", 1, [](M& m) { m.relays(0.01, 0.5, true).drop(all()); }},
    HostKind{"relay-of-twenty-percent", 1, [](M& m) { m.relays(0.2, 0.5, true).drop(all()); }},
    HostKind{"relay-short-lives", 1,
             [](M& m) {
               const auto share = occupancy(m);
               m.relays_all_over(share, m.uniform(2, 15)).drop(all());
             }},
    HostKind{"relay-long-lives", 1,
             [](M& m) {
               const auto share = occupancy(m);
               m.relays_all_over(share, m.uniform(300, 3600)).drop(all());
             }},
    // A session ends while the scan goes on, on a CLS port.
    HostKind{"relay-lets-go", 1,
             [](M& m) {
               const auto port = static_cast<std::uint16_t>(first_cls_port + m.below(3));
               m.drop(all()).override_with({.answer = Answer::accept,
                                            .ports = Ports({{port, port}}),
                                            .until_syns = 12 + m.below(20)});
             }},

    // ---- Hosts of one /28 behind one firewall that counts them together.
    // Cisco ASA "threat-detection scanning-threat shun": an attacker is shunned for all that is behind.
    HostKind{"group-shun-exposed", 1, [](M& m) { m.cls().drop(all()).group_ips(); }, true},
    HostKind{"group-shun-closed", 1, [](M& m) { m.drop(services()).group_ips(); }, true},
    // A router limits its ICMP errors as a whole (RFC 1812, 4.3.2.8; RFC 4443, 2.4 f).
    HostKind{"group-refusals-limited", 1, [](M& m) { m.prohibit(services()).group_refusal_limit(); }, true},
    // Zone protection limits the SYNs of a zone (Palo Alto "SYN flood, random early drop").
    HostKind{"group-syn-limit-exposed", 1, [](M& m) { m.cls().drop(all()).group_syn_limit(); }, true},
    HostKind{"group-syn-limit-closed", 1, [](M& m) { m.drop(services()).group_syn_limit(); }, true},
};

}  // namespace

std::span<const HostKind> wild_kinds() {
  return table;
}

}  // namespace edgesurvey::farm
