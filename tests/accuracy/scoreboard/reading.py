"""What an analyst reads from a peer's port states: the verdict that edgesurvey would have been asked for.

The rules, in this order. They are as kind to the peers as is fair: same control ports, same sample, and the analyst
knows the case table. README.md has the reasons.

1. Half of the control ports or more are open: something takes every connection. `inconclusive`.
2. A CLS port is open: `cls-exposed`.
3. Another port of the range is open: `media-range-open`.
4. The range refuses by RST, no control port does: `media-range-open`.
5. Both refuse by RST.
   a. The peer shows the TTL of answers, and a service accepted: an RST with the service's TTL is the host's, any other
      is something's in front of it. The host's in the range: `media-range-open`; else `closed`.
   b. Nothing tells whose they are: AMBIGUOUS, see below.
6. Anything answered at all: `closed`.
7. Nothing did: `inconclusive`.
"""

from __future__ import annotations

from .answers import Answer, Kind, SILENCE
from .ports import AskedPorts

# What rule 5b may say. The scoreboard takes, for each peer, the one that scores best over all of its runs.
AMBIGUOUS = ("closed", "inconclusive", "media-range-open")


def read(answers: dict[int, Answer], asked: AskedPorts, ambiguous: str) -> str:
    def of(ports: tuple[int, ...], kind: Kind) -> list[Answer]:
        return [found for port in ports if (found := answers.get(port, SILENCE)).kind is kind]

    in_range = asked.cls + asked.sample
    if 2 * len(of(asked.controls, Kind.OPEN)) >= len(asked.controls):
        return "inconclusive"
    if of(asked.cls, Kind.OPEN):
        return "cls-exposed"
    if of(asked.sample, Kind.OPEN):
        return "media-range-open"
    refused = of(in_range, Kind.RST)
    if refused and not of(asked.controls, Kind.RST):
        return "media-range-open"
    if refused:
        return _whose(refused, of(asked.services, Kind.OPEN), ambiguous)
    return "closed" if any(found.kind is not Kind.SILENCE for found in answers.values()) else "inconclusive"


def _whose(refused: list[Answer], accepted: list[Answer], ambiguous: str) -> str:
    of_service = {found.ttl for found in accepted} - {None}
    of_refusals = {found.ttl for found in refused} - {None}
    if not of_service or not of_refusals:
        return ambiguous
    return "media-range-open" if of_refusals & of_service else "closed"
