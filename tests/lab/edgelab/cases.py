"""What the simulated hosts can be: the design's cases A to G and their variants.

A case is what a perimeter firewall does with each port, and what the host behind it does with those that are passed.
Nothing here says what a scanner should conclude: truth.py derives that from the same maps the kernel is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from edgelab.ports import PortMap

SERVICES = "443,3478,5061"
RANGE = "50000-59999"
CLS = "50001-50003"

# What a perimeter does with a SYN, beside the ICMP kinds below.
PASS, DROP, RST = "pass", "drop", "rst"

# What a host does with a SYN that was passed. An open port differs by what the peer sees after the handshake.
IDLE, SPEAKS, CLOSES, RESETS = "idle", "speaks", "closes", "resets"
STEALTH = "stealth"  # Windows Firewall's stealth mode: no listener, no answer
REFUSES = "refuses"  # the host's own RST
ICMP_REFUSES = "icmp-refuses"  # the host's own ICMP port-unreachable
ONCE = "once"  # a relay port: serves one session and is gone
BUSY = "busy"  # relay ports that come and go, about a fifth of them open at any time
LISTENS = "listens"  # the socket of a real program: coturn's own port
RELAYS = "relays"  # real relay ports of coturn; silence where it has none

OPEN = {IDLE, SPEAKS, CLOSES, RESETS, LISTENS}


@dataclass(frozen=True)
class IcmpKind:
    """One way to reject: nft's names, and the type and code that arrive, for IPv4 and for the IPv6 kin."""

    v4: str
    v4_type_code: tuple[int, int]
    v6: str
    v6_type_code: tuple[int, int]


ICMP = {
    "net-unreach": IcmpKind("net-unreachable", (3, 0), "no-route", (1, 0)),
    "host-unreach": IcmpKind("host-unreachable", (3, 1), "addr-unreachable", (1, 3)),
    "prot-unreach": IcmpKind("prot-unreachable", (3, 2), "reject-route", (1, 6)),
    "port-unreach": IcmpKind("port-unreachable", (3, 3), "port-unreachable", (1, 4)),
    "net-prohibited": IcmpKind("net-prohibited", (3, 9), "policy-fail", (1, 5)),
    "host-prohibited": IcmpKind("host-prohibited", (3, 10), "admin-prohibited", (1, 1)),
    "admin-prohibited": IcmpKind("admin-prohibited", (3, 13), "admin-prohibited", (1, 1)),
}


@dataclass(frozen=True)
class Ips:
    """An intrusion prevention system: a source that tries more distinct ports than this in a minute is dropped."""

    ports: int


@dataclass(frozen=True)
class Case:
    name: str
    about: str
    perimeter: dict[str, str]  # ports -> action; "rest" for all others; later entries cover earlier ones
    host: dict[str, str]
    services: str = SERVICES
    ips: Ips | None = None
    syn_proxy: bool = False

    @cached_property
    def perimeter_map(self) -> PortMap:
        return self._painted(self.perimeter, PASS)

    @cached_property
    def host_map(self) -> PortMap:
        return self._painted(self.host, LISTENS if self.coturn else IDLE)

    @property
    def coturn(self) -> bool:
        return RELAYS in self.host.values()

    @property
    def sends_icmp(self) -> bool:
        return ICMP_REFUSES in self.host.values()

    @property
    def busy(self) -> bool:
        return BUSY in self.host.values()

    def _painted(self, actions: dict[str, str], for_services: str) -> PortMap:
        painted = PortMap(actions["rest"])
        for ports, action in actions.items():
            if ports != "rest":
                painted.paint(ports, action)
        if self.services:
            painted.paint(self.services, for_services)
        return painted


PASSES_RANGE = {"rest": DROP, RANGE: PASS}
PASSES_ALL = {"rest": PASS}
DROPS = {"rest": DROP}
QUIET_HOST = {"rest": STEALTH}
QUIET_AGENT = {"rest": STEALTH, CLS: IDLE}
LOUD_HOST = {"rest": REFUSES}
LOUD_AGENT = {"rest": REFUSES, CLS: IDLE}


def _all_cases() -> list[Case]:
    table = [
        Case("A", "the range is passed, the host is in stealth mode, the agent listens", PASSES_RANGE, QUIET_AGENT),
        Case("A-no-agent", "the range is passed, the host is in stealth mode, no agent", PASSES_RANGE, QUIET_HOST),
        Case("B", "the range is passed, stealth mode is off, the agent listens", PASSES_RANGE, LOUD_AGENT),
        Case("B-no-agent", "the range is passed, stealth mode is off, no agent", PASSES_RANGE, LOUD_HOST),
        Case("B-icmp-outside", "the range is passed and refused by the host, all else rejected by the perimeter",
             {"rest": "admin-prohibited", RANGE: PASS}, LOUD_HOST),
        Case("C", "the perimeter drops the range, whatever listens behind it", DROPS, LOUD_AGENT),
        Case("C-icmp-outside", "the perimeter drops the range and rejects all else",
             {"rest": "admin-prohibited", RANGE: DROP}, LOUD_AGENT),
        Case("D-rst", "the perimeter answers for the host with a RST, everywhere", {"rest": RST}, LOUD_AGENT),
        Case("D-range-only", "the perimeter rejects the range by ICMP and drops all else",
             {"rest": DROP, RANGE: "admin-prohibited"}, LOUD_AGENT),
        Case("D-host-icmp", "the host's own firewall rejects everything by ICMP port-unreachable",
             PASSES_ALL, {"rest": ICMP_REFUSES}),
        Case("E", "no firewall at all, the agent listens", PASSES_ALL, LOUD_AGENT),
        Case("E-no-agent", "no firewall at all, no agent", PASSES_ALL, LOUD_HOST),
        Case("F-tarpit", "every port accepts and then says nothing", PASSES_ALL, {"rest": IDLE}),
        Case("F-syn-proxy", "a SYN proxy completes every handshake before it asks the host",
             PASSES_ALL, QUIET_HOST, syn_proxy=True),
        Case("F-syn-proxy-agent", "a SYN proxy in front of an exposed agent", PASSES_ALL, QUIET_AGENT, syn_proxy=True),
        Case("G", "the range is passed, CLS is blocked on the host, stealth mode",
             PASSES_RANGE, {"rest": STEALTH, CLS: STEALTH}),
        Case("G-loud", "CLS is blocked on the host, which refuses the rest of the range",
             PASSES_RANGE, {"rest": REFUSES, CLS: STEALTH}),
        Case("cls-two", "two of the three CLS ports are open", PASSES_RANGE, {"rest": STEALTH, "50001,50003": IDLE}),
        Case("cls-one", "one CLS port is open, and stays", PASSES_RANGE, {"rest": STEALTH, "50002": IDLE}),
        Case("agent-speaks", "the agent sends data at once", PASSES_RANGE, {"rest": STEALTH, CLS: SPEAKS}),
        Case("agent-closes", "the agent closes at once", PASSES_RANGE, {"rest": STEALTH, CLS: CLOSES}),
        Case("agent-resets", "the agent resets the connection it accepted", PASSES_RANGE, {"rest": STEALTH, CLS: RESETS}),
        Case("partial-one", "only 52000-54999 is passed", {"rest": DROP, "52000-54999": PASS}, LOUD_HOST),
        Case("partial-several", "three openings in the range are passed",
             {"rest": DROP, "51000-51999,54000-54499,58000-59999": PASS}, LOUD_HOST),
        Case("partial-agent", "only 50000-50999 is passed, the agent listens",
             {"rest": DROP, "50000-50999": PASS}, QUIET_AGENT),
        Case("relay-busy", "a busy relay; CLS is blocked on the host",
             PASSES_RANGE, {"rest": STEALTH, RANGE: BUSY, CLS: STEALTH}),
        Case("relay-busy-agent", "a busy relay and the agent", PASSES_RANGE, {"rest": STEALTH, RANGE: BUSY, CLS: IDLE}),
        Case("relay-vanishes", "50002 is a relay port that is gone when asked again",
             PASSES_RANGE, {"rest": STEALTH, "50002": ONCE}),
        Case("relay-coturn", "a real coturn with real allocations; CLS is blocked at the perimeter",
             {"rest": DROP, RANGE: PASS, CLS: DROP}, {"rest": STEALTH, RANGE: RELAYS}, services="3478"),
        Case("ips", "an IPS drops us part-way, no agent", PASSES_RANGE, QUIET_HOST, ips=Ips(12)),
        Case("ips-agent", "an IPS drops us part-way, after the agent was seen", PASSES_RANGE, QUIET_AGENT, ips=Ips(12)),
        Case("dead", "nobody home", DROPS, QUIET_HOST, services=""),
        Case("bare-range", "no service, but the host refuses in the range", PASSES_RANGE, LOUD_HOST, services=""),
        Case("bare-agent", "no service, but the agent listens", PASSES_RANGE, QUIET_AGENT, services=""),
        Case("only-443", "443 alone, all else dropped", DROPS, QUIET_HOST, services="443"),
        Case("only-5061", "5061 alone, all else dropped", DROPS, QUIET_HOST, services="5061"),
    ]
    table += [Case(f"D-{kind}", f"the perimeter rejects everything by ICMP {kind}", {"rest": kind}, LOUD_AGENT)
              for kind in ICMP]
    return table


CASES: dict[str, Case] = {case.name: case for case in _all_cases()}
