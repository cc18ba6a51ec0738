"""The nftables ruleset of the simulated hosts: which listener, if any, answers at an address and port.

A SYN for an open port is given by tproxy to a listener of listeners.py, which is bound to loopback only; the accepted
socket has the host's own address. Nothing is translated and nothing is tracked. Where no listener is meant, the kernel
answers with its own RST, or the packet is dropped as Windows Firewall's stealth mode does.
"""

from __future__ import annotations

from edgelab import cases, nft, topology as net
from edgelab.cases import Case

LISTENER_PORTS = {cases.IDLE: 4001, cases.SPEAKS: 4002, cases.CLOSES: 4003, cases.RESETS: 4004}

VERDICTS = {
    **{action: f"goto {action}" for action in LISTENER_PORTS},
    cases.STEALTH: "drop",
    cases.REFUSES: "accept",  # no socket is bound there: the kernel refuses
    cases.ICMP_REFUSES: "accept",  # on to the input hook, where a rejection has the host's address
    cases.ONCE: "goto once",
    cases.BUSY: "goto busy",
    cases.LISTENS: "accept",
    cases.RELAYS: "goto own_sockets",
}


def ruleset(numbered: dict[int, Case], marks: dict[str, int]) -> str:
    behaviour = [line for mark, case in numbered.items() for line in nft.port_verdicts(mark, case.host_map, VERDICTS)]
    rejecting = [f"{mark} . {first}-{last}" for mark, case in numbered.items()
                 for first, last, action in case.host_map if action == cases.ICMP_REFUSES]
    return f"""\
table inet hosts {{
{nft.host_maps(marks)}
  map behaviour {{
    type mark . inet_service : verdict
    flags interval
    {nft.elements(behaviour)}
  }}
  set rejecting {{
    type mark . inet_service
    flags interval
    {nft.elements(rejecting)}
  }}
  set spent4 {{ type ipv4_addr . inet_service; size 65536; flags dynamic; }}
  set spent6 {{ type ipv6_addr . inet_service; size 65536; flags dynamic; }}
  set relay_ports {{ type inet_service; flags timeout; }}
{_listener_chains()}
  chain once {{
    tcp flags & (syn | ack) == syn ip daddr . tcp dport @spent4 drop
    tcp flags & (syn | ack) == syn ip6 daddr . tcp dport @spent6 drop
    tcp flags & (syn | ack) == syn add @spent4 {{ ip daddr . tcp dport }}
    tcp flags & (syn | ack) == syn add @spent6 {{ ip6 daddr . tcp dport }}
    goto idle
  }}
  chain busy {{
    tcp flags & (syn | ack) != syn goto idle
    tcp dport @relay_ports goto idle
    drop
  }}
  chain own_sockets {{
    socket wildcard 0 accept
    socket wildcard 1 accept
    drop
  }}
  chain arriving {{
    type filter hook prerouting priority mangle; policy accept;
    iifname "lo" accept
    meta l4proto != tcp accept
    meta mark set ip daddr map @case4
    meta mark set ip6 daddr map @case6
    meta mark . tcp dport vmap @behaviour
  }}
  chain input {{
    type filter hook input priority filter; policy accept;
    meta mark . tcp dport @rejecting reject with icmpx type port-unreachable
  }}
}}
"""


def _listener_chains() -> str:
    return "\n".join(f"""\
  chain {action} {{
    meta nfproto ipv4 meta l4proto tcp tproxy ip to 127.0.0.1:{port} accept
    meta nfproto ipv6 meta l4proto tcp tproxy ip6 to [::1]:{port} accept
  }}""" for action, port in LISTENER_PORTS.items())
