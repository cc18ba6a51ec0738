"""The scoreboard: runs gathered into groups (scanner, size, loss), each with the score of all of its seeds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .reading import AMBIGUOUS
from .run import Run
from .score import Score, score


@dataclass
class Group:
    scanner: str
    title: str
    hosts: int  # a farm
    loss: str
    score: Score = field(default_factory=Score)
    seeds: list[int] = field(default_factory=list)
    wall_s: list[float] = field(default_factory=list)
    load: float = 0
    not_ended: int = 0  # runs given up at their limit; they are not scored


@dataclass
class Board:
    groups: list[Group]
    readings: dict[str, dict[str, int]]  # by scanner: right hosts by reading of what is ambiguous

    def best_reading(self, scanner: str) -> str:
        return best(self.readings[scanner])


def best(right: dict[str, int]) -> str:
    return max(right, key=lambda reading: right[reading])  # the first of equals


def gather(runs: list[Run]) -> Board:
    scores = {}  # of a run, by reading
    readings: dict[str, Counter] = {}
    for i, run in enumerate(runs):
        if not run.ended:
            continue
        found, sent, farm = run.scanner.findings(run.farm, run.folder), run.sent(), run.farm
        scores[i] = {reading: score(farm.truth, findings, sent, farm.conditions.name())
                     for reading, findings in found.items()}
        counts = readings.setdefault(run.scanner.name, Counter({r: 0 for r in AMBIGUOUS if r in found}))
        counts.update({reading: one.right.hits for reading, one in scores[i].items()})
    groups: dict[tuple, Group] = {}
    for i, run in enumerate(runs):
        conditions = run.farm.conditions
        key = (conditions.hosts, conditions.loss, run.scanner.name)
        group = groups.setdefault(key, Group(run.scanner.name, run.scanner.title, conditions.hosts, conditions.loss))
        group.seeds.append(conditions.seed)
        group.wall_s.append(run.record.wall_s)
        group.load = max(group.load, run.record.load)
        if i in scores:
            group.score += scores[i][best(readings[run.scanner.name])]
        else:
            group.not_ended += 1
    return Board(list(groups.values()), {name: dict(counts) for name, counts in readings.items()})
