"""The farm's ground truth and counters, host by host."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from .ports import parse_spans

Spans = list[tuple[int, int]]

SURE_SPAN = 2 * 10_000 // 64 + 1  # 64 samples, one at random in each of as many blocks, miss nothing this wide


@dataclass(frozen=True)
class HostTruth:
    label: str
    accepted: tuple[str, ...]  # verdicts; the first is the one to expect
    decidable: bool
    cls_open: bool
    answering_share: float  # of the range: from where the host itself answers
    share_estimable: bool
    opening: Spans | None  # of a partial opening whose boundaries show from outside
    opening_is_small: bool = False  # a part of it, or a gap between two, can fall between the samples

    @property
    def expected(self) -> str:
        return self.accepted[0]


def parse_truth(truth: dict) -> dict[str, HostTruth]:
    return {str(ip_address(host["address"])): _host(host) for host in truth["hosts"]}


def _host(host: dict) -> HostTruth:
    opening = _visible_opening(host)
    return HostTruth(
        label=host["label"],
        accepted=tuple(dict.fromkeys(entry["verdict"] for entry in host["accepted"])),
        decidable=host["decidable"],
        cls_open=bool(host["cls_open"]),
        answering_share=host["answering"]["share"],
        share_estimable=host["share_estimable"],
        opening=opening,
        opening_is_small=opening is not None and _is_small(opening))


def _visible_opening(host: dict) -> Spans | None:
    """A host in stealth mode answers only where something listens, and nobody can see where its perimeter ends."""
    answering, passed = host["answering"], host["passed"]
    partial = 0 < passed["share"] < 1 and answering["spans"] == passed["spans"]
    return parse_spans(passed["spans"]) if partial and not host["cls_open"] and host["share_estimable"] else None


def _is_small(opening: Spans) -> bool:
    widths = [last - first + 1 for first, last in opening]
    gaps = [after[0] - before[1] - 1 for before, after in zip(opening, opening[1:])]
    return min(widths + gaps) < SURE_SPAN


@dataclass(frozen=True)
class Sent:
    """What a host was sent."""
    syns: int
    ports: int
    peak_5s: int


def parse_counters(counters: dict) -> dict[str, Sent]:
    return {str(ip_address(host["address"])): Sent(host["syns"], host["distinct_ports"], host["peak_syns_5s"])
            for host in counters["hosts"]}
