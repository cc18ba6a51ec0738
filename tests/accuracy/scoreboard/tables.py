"""The scoreboard's tables, each from the groups."""

from __future__ import annotations

from collections import Counter

from .board import Group
from .markdown import interval, loss_percent, part, percent, table
from .score import Score, Share

VERDICTS = ["cls-exposed", "media-range-open", "closed", "inconclusive"]
CONFIDENCES = ["high", "medium", "low"]


def _conditions(group: Group) -> list[object]:
    return [group.title, group.hosts, loss_percent(group.loss)]


def _scored(groups: list[Group]) -> list[Group]:
    return [group for group in groups if group.score.right.of]


def right(groups: list[Group]) -> list[str]:
    rows = []
    for group in groups:
        one, ended = group.score, len(group.seeds) - group.not_ended
        wall = f"{sum(group.wall_s) / len(group.wall_s):.0f}"
        if not ended:
            rows.append([*_conditions(group), 0, *["n/a"] * 6, f"> {wall}"])
            continue
        rows.append([*_conditions(group), f"{one.right.of}" + (f" ({group.not_ended} not ended)" if group.not_ended else ""),
                     percent(one.right), interval(one.right), percent(one.right_decidable),
                     part(one.inconclusive_decidable), part(one.exposed_called_closed),
                     f"{one.syns / one.hosts_sent_to:.1f}", wall])
    return table(["scanner", "farm", "loss %", "hosts", "right %", "95 % CI", "decidable right %",
                  "inconclusive though decidable", "exposed called closed", "SYNs/host", "wall s"], rows)


def wrong_by_case(groups: list[Group]) -> list[str]:
    """Rows: cases; columns: scanners, over all of their runs."""
    total = _by_scanner(groups)
    labels = sorted({label for one in total.values() for label, _, _ in one.wrong})
    rows = []
    for label in labels:
        row = [label]
        for one in total.values():
            found = Counter({said: n for (of, _, said), n in one.wrong.items() if of == label})
            row.append(f"{_list(found)} of {one.cases[label]}" if found else "")
        rows.append(row)
    return table(["case", *total], rows, left=1 + len(total)) if rows else ["None."]


def _list(found: Counter) -> str:
    return ", ".join(f"{n} {said}" for said, n in found.most_common())


def _by_scanner(groups: list[Group]) -> dict[str, Score]:
    total: dict[str, Score] = {}
    for group in _scored(groups):
        total.setdefault(group.title, Score())
        total[group.title] += group.score
    return total


def confusion(one: Score) -> list[str]:
    """Rows: the truth; columns: what was found. On the diagonal: right."""
    columns = [verdict for verdict in [*VERDICTS, "missing"] if any(found == verdict for _, found in one.confusion)]
    rows = [[truth, *(one.confusion[truth, found] or "-" for found in columns)] for truth in VERDICTS]
    return table(["truth", *columns], rows)


def confusions(groups: list[Group]) -> dict[str, list[str]]:
    return {title: confusion(one) for title, one in _by_scanner(groups).items()}


def calibration(groups: list[Group]) -> list[str]:
    rows = [row for group in _scored(groups) for row in _calibrated(_conditions(group), group.score)]
    rows += [row for title, total in _by_scanner(groups).items() for row in _calibrated([title, "all", "all"], total)]
    return table(["scanner", "farm", "loss %", "called", "right", "right %", "95 % CI"], rows)


def _calibrated(conditions: list[object], one: Score) -> list[list[object]]:
    found = {name: one.confidence.get(name, Share()) for name in CONFIDENCES}
    return [[*conditions, name, part(share), percent(share), interval(share)] for name, share in found.items() if share.of]


def estimates(groups: list[Group]) -> list[str]:
    rows = []
    for group in _scored(groups):
        one = group.score
        if one.covered.of:
            spans = [part(one.spans_exact), percent(one.spans_exact), part(one.spans_exact_small)]
            rows.append([*_conditions(group), part(one.covered), percent(one.covered), part(one.covered_partial),
                         part(one.wider), *(spans if one.spans_said.hits else ["n/a"] * 3)])
    return table(["scanner", "farm", "loss %", "share covered", "%", "of partial openings", "wider than binomial",
                  "spans exact", "%", "small ones"], rows)
