"""What an outside observer may rightly conclude about a case: the design's verdicts, as a table of rules.

The rules read the maps the kernel is given, so the truth cannot drift from what the lab does. Every link of the lab has
no length: the round trip cannot tell a host's RST from that of a firewall beside it, so refusals by RST everywhere are
`answers-everywhere`.
"""

from __future__ import annotations

from dataclasses import dataclass

from edgelab import cases, ports
from edgelab.cases import Case

SILENCE, OPEN, RST = "silence", "open", "rst"
OUTSIDE = "6000-49999,60000-65535"  # where control ports may lie: far from the services


@dataclass(frozen=True)
class Answer:
    """What a SYN brings back: open, rst, silence, or an ICMP kind of cases.ICMP."""

    what: str
    by_host: bool = False  # for ICMP: sent by the host itself, not by the perimeter
    lasting: bool = True  # False: a relay's port, there now and gone later


HOST_ANSWERS = {
    **{action: Answer(OPEN) for action in cases.OPEN},
    cases.STEALTH: Answer(SILENCE),
    cases.REFUSES: Answer(RST),
    cases.ICMP_REFUSES: Answer("port-unreach", by_host=True),
    **{action: Answer(OPEN, lasting=False) for action in (cases.ONCE, cases.BUSY, cases.RELAYS)},
}


def answer(case: Case, port: int) -> Answer:
    action = case.perimeter_map.at(port)
    if action == cases.PASS:
        return Answer(OPEN) if case.syn_proxy else HOST_ANSWERS[case.host_map.at(port)]
    return Answer(SILENCE if action == cases.DROP else action)


class View:
    """A case as it looks from outside, before any intrusion prevention system has tripped."""

    def __init__(self, case: Case) -> None:
        self.ips = case.ips is not None
        self.services = _answers(case, case.services) if case.services else set()
        self.cls = [answer(case, port) for first, last in ports.parse(cases.CLS) for port in range(first, last + 1)]
        self.inside = _answers(case, cases.RANGE)
        self.outside = _answers(case, OUTSIDE)

    @property
    def cls_lasting(self) -> int:
        return sum(a.what == OPEN and a.lasting for a in self.cls)

    @property
    def all_open(self) -> bool:
        return _whats(self.inside | self.outside) == {OPEN}

    @property
    def all_silent(self) -> bool:
        return _whats(self.services | self.inside | self.outside) == {SILENCE}

    def inside_has(self, what: str) -> bool:
        return what in _whats(self.inside)

    def outside_has(self, what: str) -> bool:
        return what in _whats(self.outside)

    @property
    def icmp_inside(self) -> bool:
        return bool(_whats(self.inside) & cases.ICMP.keys())


# The first rule that applies decides. An IPS lets its first ports through, and those are the services and CLS.
RULES = [
    (lambda v: v.all_open, "inconclusive", {"accepts-everything"}),
    (lambda v: v.cls_lasting == 3 and v.ips, "cls-exposed", {"cls-ports-open", "some-cls-ports-open"}),
    (lambda v: v.cls_lasting == 3, "cls-exposed", {"cls-ports-open"}),
    (lambda v: v.cls_lasting > 0, "cls-exposed", {"some-cls-ports-open"}),
    (lambda v: v.ips, "inconclusive", {"blocked-during-scan"}),
    (lambda v: v.inside_has(OPEN), "media-range-open", {"relay-port-open"}),
    (lambda v: v.inside_has(RST) and not v.outside_has(RST), "media-range-open", {"range-answers"}),
    (lambda v: v.inside_has(RST), "inconclusive", {"answers-everywhere"}),
    (lambda v: v.icmp_inside, "closed", {"range-rejected"}),
    (lambda v: v.all_silent, "inconclusive", {"no-answer"}),
    (lambda v: True, "closed", {"range-silent"}),
]


def judge(case: Case) -> tuple[str, list[str]]:
    """The right verdict, and the reason codes that may be named for it."""
    view = View(case)
    verdict, reasons = next((verdict, reasons) for applies, verdict, reasons in RULES if applies(view))
    return verdict, sorted(reasons)


def _whats(answers: set[Answer]) -> set[str]:
    return {a.what for a in answers}


def _answers(case: Case, where: str) -> set[Answer]:
    """Every answer that occurs there; between two edges of the painted maps all ports answer alike."""
    edges = {first for painted in (case.perimeter_map, case.host_map) for first, _, _ in painted}
    found = set()
    for first, last in ports.parse(where):
        found |= {answer(case, port) for port in edges | {first} if first <= port <= last}
    return found
