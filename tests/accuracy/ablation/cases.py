"""Where each row of the table of questions has its case: kinds of hosts of the farm (tests/lab/farm/kinds.cpp)."""

from __future__ import annotations

from dataclasses import dataclass


SMALL = 100  # hosts: each is sent the 100 SYNs a second that a host is at pace fast


@dataclass(frozen=True)
class Case:
    kinds: tuple[str, ...]
    reason: str
    # In farms of SMALL hosts: all of a host's ports are then asked within the time of a burst. In a large survey at pace
    # fast the hosts share 10,000 SYNs a second, and no burst lasts as long as a host does.
    small: bool = False


_CLS = ("exposed-stealth", "exposed-some-cls", "exposed-cls-alone", "exposed-late")
_CONTROLLED = ("range-answers", "range-answers-rst-outside", "no-firewall", "closed-rst", "relay-ports")
_OPENINGS = ("range-part", "range-parts", "range-small-part")
_REFUSED = ("closed-rst", "closed-rst-near-host", "closed-rst-limited", "range-answers-rst-outside")
_ANSWERING = ("range-answers", "range-answers-rst-limited", "range-answers-no-service", "relay-ports")

# Rows that have their case in the same hosts share a farm, which is then surveyed with all rows only once.
CASES: dict[str, Case] = {
    "service": Case(("exposed-stealth", "range-answers", "closed-drop", "closed-icmp"),
                    "all hosts: a service shows that the host lives, and how far away it is"),
    "cls": Case(_CLS, "CLS ports that are open, also late, and in stealth: nothing but their own answer shows it"),
    "cls again": Case(("nodes-exposed", "refuses-at-first", "route-flaps", "comes-up-exposed"),
                      "CLS ports that are refused by one of several nodes, for a moment, or while a route flaps"),
    "cls neighbour": Case(("proxy-run", "relay-and-agent", "exposed-stealth"),
                          "runs of ports that something accepts, and agents beside busy relays"),
    "control": Case(_CONTROLLED, "answers from the range that say nothing without those from outside it"),
    "late refusal": Case(_REFUSED, "RSTs that only their RTT tells from the host's, with jitter and rate limits"),
    "service rtt": Case(_REFUSED, "RSTs that only their RTT tells from the host's"),
    "sample": Case(_ANSWERING, "ranges of which the CLS ports do not show whether they are passed"),
    "sample, rest": Case(("range-small-part", "range-part", "relay-ports-rare", "relay-ports-some"),
                         "openings, and relay ports, that half of the sample can miss"),
    "range edge": Case(_OPENINGS, "openings of the range that have an end"),
    "doubted edge": Case(_OPENINGS, "openings whose ends are searched for while packets are lost"),
    "cls still open": Case(("relay-lets-go", "relay-ports-some", "exposed-some-cls"),
                           "relay ports on the numbers of CLS ports, and agents with one or two of them"),
    "liveness": Case(("ips-closed", "ips-exposed", "ips-range-answers", "dies-closed", "dies-exposed"),
                     "hosts that shun the scanner, or die, before it is done"),
}
