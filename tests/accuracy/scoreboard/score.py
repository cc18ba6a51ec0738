"""Counts how a scanner's findings compare with the truth. Scores of several runs add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields

from .finding import MISSING, Finding, Range
from .interval import clopper_pearson
from .truth import HostTruth, Sent, Spans

WIDER = 1e-4  # more than edgesurvey's rounding of shares


@dataclass
class Share:
    hits: int = 0
    of: int = 0

    def add(self, hit: bool) -> None:
        self.hits += hit
        self.of += 1

    def __iadd__(self, other: Share) -> Share:
        self.hits += other.hits
        self.of += other.of
        return self

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    def to_json(self) -> dict:
        return {"hits": self.hits, "of": self.of, "share": self.value, "ci95": clopper_pearson(self.hits, self.of)}


def _share():
    return field(default_factory=Share)


def _counter():
    return field(default_factory=Counter)


@dataclass
class Score:
    right: Share = _share()  # the verdict is one that the truth accepts
    right_decidable: Share = _share()  # of the hosts of which a careful observer can know
    inconclusive_decidable: Share = _share()  # of those: called inconclusive
    exposed_called_closed: Share = _share()  # of the hosts whose CLS ports accept connections
    exposed_missed: Share = _share()  # of those: called anything but exposed
    confusion: Counter = _counter()  # (truth, found); an accepted verdict counts as the truth
    cases: Counter = _counter()  # hosts by label
    wrong: Counter = _counter()  # (label, expected, found)
    confidence: dict[str, Share] = field(default_factory=dict)  # right verdicts, by what was claimed
    covered: Share = _share()  # the interval holds the true share, where that can be estimated
    covered_partial: Share = _share()  # of those: a part of the range is open
    wider: Share = _share()  # of those: wider than the exact binomial interval
    spans_exact: Share = _share()  # of the partial openings whose boundaries show
    spans_exact_small: Share = _share()  # of those that the sample can miss a part of
    spans_said: Share = _share()
    wrong_hosts: list = field(default_factory=list)  # each wrong call, to be looked into
    wrong_spans: list = field(default_factory=list)
    syns: int = 0
    ports: int = 0
    hosts_sent_to: int = 0

    def __iadd__(self, other: Score) -> Score:
        for name in (one.name for one in fields(self) if one.name != "confidence"):
            mine = getattr(self, name)
            mine += getattr(other, name)
            setattr(self, name, mine)
        for name, share in other.confidence.items():
            self.confidence.setdefault(name, Share())
            self.confidence[name] += share
        return self

    def judge(self, truth: HostTruth, found: Finding, where: str = "") -> None:
        right = found.verdict in truth.accepted
        self.right.add(right)
        if truth.decidable:
            self.right_decidable.add(right)
            self.inconclusive_decidable.add(found.verdict == "inconclusive")
        if truth.cls_open:
            self.exposed_called_closed.add(found.verdict == "closed")
            self.exposed_missed.add(found.verdict != "cls-exposed")
        self.confusion[found.verdict if right else truth.expected, found.verdict] += 1
        self.cases[truth.label] += 1
        if not right:
            self.wrong[truth.label, truth.expected, found.verdict] += 1
            self.wrong_hosts.append({"host": where, "case": truth.label, "accepted": truth.accepted, "found": found.verdict,
                                     "reason": found.reason, "confidence": found.confidence})
        if found.confidence:
            self.confidence.setdefault(found.confidence, Share()).add(right)
        if found.range is not None:
            self._judge_interval(truth, found.range)
        if truth.opening is not None:
            self._judge_spans(truth, None if found.range is None else found.range.spans, where)

    def _judge_spans(self, truth: HostTruth, found: Spans | None, where: str) -> None:
        exact = found == truth.opening
        (self.spans_exact_small if truth.opening_is_small else self.spans_exact).add(exact)
        if not exact:
            self.wrong_spans.append({"host": where, "case": truth.label, "truth": truth.opening, "found": found})

    def _judge_interval(self, truth: HostTruth, found: Range) -> None:
        self.spans_said.add(found.spans is not None)
        if not truth.share_estimable:
            return
        covers = found.low <= truth.answering_share <= found.high
        self.covered.add(covers)
        if truth.opening is not None:
            self.covered_partial.add(covers)
        low, high = clopper_pearson(found.answered, found.sampled)
        self.wider.add(found.high - found.low > high - low + WIDER)


def score(truth: dict[str, HostTruth], findings: dict[str, Finding], sent: dict[str, Sent], farm: str = "") -> Score:
    total = Score()
    for address, host in truth.items():
        total.judge(host, findings.get(address, MISSING), f"{farm} {address}")
        total.syns += sent[address].syns
        total.ports += sent[address].ports
        total.hosts_sent_to += 1
    return total
