"""The nftables ruleset of the perimeter: what is in front of the hosts.

Each case has a mark. A packet costs one look-up of its destination (-> mark) and one of mark and port (-> verdict), so
ten thousand hosts cost what one does.
"""

from __future__ import annotations

from edgelab import cases, nft, topology as net
from edgelab.cases import Case

VERDICTS = {cases.PASS: "accept", cases.DROP: "drop", cases.RST: "goto reject_rst",
            **{kind: f"goto reject_{kind.replace('-', '_')}" for kind in cases.ICMP}}

IPS_MEMORY = 65536  # (source, host, port) triples that the sensors remember


def ruleset(numbered: dict[int, Case], marks: dict[str, int]) -> str:
    """`numbered`: mark -> case; `marks`: address of a host -> mark."""
    policy = [line for mark, case in numbered.items() for line in nft.port_verdicts(mark, case.perimeter_map, VERDICTS)]
    sensors = {mark: case.ips.ports for mark, case in numbered.items() if case.ips}
    proxied = [str(mark) for mark, case in numbered.items() if case.syn_proxy]
    return f"""\
table inet perimeter {{
{nft.host_maps(marks)}
  map verdicts {{
    type mark . inet_service : verdict
    flags interval
    {nft.elements(policy)}
  }}
  set proxied {{
    type mark
    {nft.elements(proxied)}
  }}
  counter strays {{ }}
  counter questions {{ }}
  set strays4 {{ type ipv4_addr; size 4096; flags dynamic; }}
  set strays6 {{ type ipv6_addr; size 4096; flags dynamic; }}
{_ips_sets() if sensors else ""}
{_rejections()}
{_stray_chain()}
{_mark_chain(bool(proxied))}
{_ips_chain(sensors) if sensors else ""}
  chain forward {{
    type filter hook forward priority filter; policy drop;
    {_syn_proxy_rules(proxied)}
    iifname "{net.INSIDE_IF}" accept
    ip daddr {net.DEAD_RESOLVER} drop
    ip daddr {net.DNS_V4} meta l4proto {{ tcp, udp }} th dport 53 accept
    ip6 daddr {net.RESOLVER_V6} meta l4proto {{ tcp, udp }} th dport 53 accept
    meta l4proto != tcp drop
    {"jump ips" if sensors else ""}
    meta mark . tcp dport vmap @verdicts
  }}
}}
"""


def _rejections() -> str:
    chains = ["  chain reject_rst {\n    reject with tcp reset\n  }"]
    for kind, icmp in cases.ICMP.items():
        chains.append(f"""\
  chain reject_{kind.replace('-', '_')} {{
    meta nfproto ipv4 reject with icmp type {icmp.v4}
    meta nfproto ipv6 reject with icmpv6 type {icmp.v6}
  }}""")
    return "\n".join(chains)


def _stray_chain() -> str:
    """Whatever the client sends to an address that is not the lab's would have left for the Internet."""
    return f"""\
  chain strays {{
    type filter hook prerouting priority raw - 10; policy accept;
    iifname != "{net.OUTSIDE_IF}" accept
    meta l4proto {{ tcp, udp }} th dport 53 counter name questions
    ip daddr {{ {net.HOSTS_V4}, 192.0.2.0/24 }} accept
    ip6 daddr {{ {net.HOSTS_V6}, 2001:db8::/47, fe80::/10, ff02::/16 }} accept
    counter name strays
    meta nfproto ipv4 add @strays4 {{ ip daddr }}
    meta nfproto ipv6 add @strays6 {{ ip6 daddr }}
    drop
  }}"""


def _mark_chain(tracking: bool) -> str:
    """Marks by the host's address in either direction. Only a proxied host's packets are tracked, and its SYNs are not."""
    untracked = "meta mark != @proxied notrack\n    iifname \"{}\" tcp flags syn notrack".format(net.OUTSIDE_IF)
    return f"""\
  chain mark_case {{
    type filter hook prerouting priority raw; policy accept;
    iifname "{net.OUTSIDE_IF}" meta mark set ip daddr map @case4
    iifname "{net.OUTSIDE_IF}" meta mark set ip6 daddr map @case6
    iifname "{net.INSIDE_IF}" meta mark set ip saddr map @case4
    iifname "{net.INSIDE_IF}" meta mark set ip6 saddr map @case6
    {untracked if tracking else ""}
  }}"""


def _syn_proxy_rules(proxied: list[str]) -> str:
    if not proxied:
        return ""
    return ("meta mark @proxied ct state invalid,untracked synproxy mss 1460 wscale 7 timestamp sack-perm\n"
            "    meta mark @proxied ct state invalid drop")


def _ips_sets() -> str:
    sets = []
    for family, kind in (("4", "ipv4_addr"), ("6", "ipv6_addr")):
        sets.append(f"""\
  set tried{family} {{ type {kind} . {kind} . inet_service; size {IPS_MEMORY}; flags dynamic,timeout; timeout 1m; }}
  set pace{family} {{ type {kind} . {kind}; size {IPS_MEMORY}; flags dynamic,timeout; timeout 1m; }}
  set blocked{family} {{ type {kind} . {kind}; size {IPS_MEMORY}; flags dynamic,timeout; timeout 10m; }}""")
    return "\n".join(sets)


def _ips_chain(sensors: dict[int, int]) -> str:
    """The token bucket holds `ports` tokens and gains one a minute: the next distinct port after that trips it."""
    rules = []
    for family, header in (("4", "ip"), ("6", "ip6")):
        pair = f"{header} saddr . {header} daddr"
        rules.append(f"{pair} @blocked{family} drop")
        for mark, ports in sensors.items():
            rules.append(f"meta mark {mark} tcp flags & (syn | ack) == syn {pair} . tcp dport != @tried{family} "
                         f"add @tried{family} {{ {pair} . tcp dport }} "
                         f"add @pace{family} {{ {pair} limit rate over 1/minute burst {ports} packets }} "
                         f"add @blocked{family} {{ {pair} }} drop")
    listed = "\n    ".join(rules)
    return f"  chain ips {{\n    {listed}\n  }}"
