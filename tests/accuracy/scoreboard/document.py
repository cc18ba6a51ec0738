"""The scoreboard as a page, docs/accuracy.md, and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import fields

from . import tables
from .board import Board, Group
from .markdown import loss_percent, name_of_set
from .run import Run
from .score import Score, Share

WIDTH = 120

INTRODUCTION = """\
How often a verdict is right, measured on simulated Edges with distance and loss, beside the same question put to other
scanners. This page is written by the command below and not by hand; [tests/accuracy](../tests/accuracy/README.md) says how
the figures come about, and [the farm](../tests/lab/farm/README.md) what is simulated.
"""

EXPLANATIONS = {
    "right": "A verdict is right when it is one of those that the ground truth accepts for the host; for a host whose truth "
             "is undecidable that includes `inconclusive`. SYNs are counted by the farm and include the kernel's resends; wall "
             "time is the mean of a farm.",
    "wrong": "How many of the hosts of a kind were called what they are not, over all losses and sizes above. The kinds are "
             "those of `edgefarm kinds`.",
    "confusion": "Rows are the truth, columns what was found, over all losses and sizes above. A verdict that the truth "
                 "accepts is on the diagonal.",
    "calibration": "Of the verdicts that were called with a confidence, the share that was right.",
    "estimates": "Whether the 95 % interval for the share of 50000-59999 that answers holds the true share, where the farm "
                 "says that it can be estimated; how many of these intervals are wider than the exact binomial one; and of "
                 "the partial openings whose boundaries show from outside, those that were named exactly, to the port. Small "
                 "ones have a part, or a gap between two, that can fall between 64 samples, and are counted apart.",
}


def page(board: Board, runs: list[Run], command: str, date: str) -> str:
    own = [group for group in board.groups if group.scanner.startswith("edgesurvey")]
    parts = ["# Accuracy, measured", "", INTRODUCTION, *_about(board, runs, command, date),
             *_section("Share right", "right", tables.right(board.groups)),
             *_section("Wrong calls by case", "wrong", tables.wrong_by_case(board.groups)),
             *_section("Confusion", "confusion", [])]
    for title, lines in tables.confusions(board.groups).items():
        parts += [f"### {title}", "", *lines, ""]
    parts += [*_section("Confidence", "calibration", tables.calibration(own)),
              *_section("The share of the range, and where it is open", "estimates", tables.estimates(own)),
              "## Commands", "", *_commands(runs)]
    return "\n".join(parts) + "\n"


def _section(title: str, explanation: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", textwrap.fill(EXPLANATIONS[explanation], WIDTH), "", *lines, *([""] if lines else [])]


def _about(board: Board, runs: list[Run], command: str, date: str) -> Iterator[str]:
    farms = [run.farm.conditions for run in runs]
    versions = {run.scanner.title.split(",")[0].split(" ")[0]: run.record.version for run in runs}
    yield f"- **{date}**: `{command}`"
    yield (f"- Farms: seeds {name_of_set([one.seed for one in farms])}; {name_of_set([one.hosts for one in farms])} hosts; "
           f"loss of the round trip {', '.join(dict.fromkeys(loss_percent(one.loss) for one in farms))} %, for half of the "
           f"hosts half of it in bursts; RTT {farms[0].rtt} ms; every scanner meets each farm afresh")
    yield f"- Versions: {'; '.join(dict.fromkeys(versions.values()))}"
    yield f"- The machine's load while they ran: up to {max(run.record.load for run in runs)}"
    for name, right in board.readings.items():
        if len(set(right.values())) > 1:
            scored = ", ".join(f"`{reading}` {n}" for reading, n in right.items())
            yield (f"- RSTs inside and outside alike, from {name}, are read as `{board.best_reading(name)}`, its best "
                   f"({scored} right)")
    yield ""


def _commands(runs: list[Run]) -> Iterator[str]:
    yield textwrap.fill("On the first farm of each; on the others masscan's rate and limit differ, by the number of hosts. "
                        "`PORTS` are those that `edgesurvey scan --dry-run` names for the seed.", WIDTH)
    for name in dict.fromkeys(run.scanner.name for run in runs):
        first = next(run for run in runs if run.scanner.name == name)
        yield from ("", "```", *(line.replace(first.farm.asked.text(), "PORTS") for line in first.record.commands), "```")


def to_json(board: Board, runs: list[Run], command: str, date: str) -> dict:
    return {"date": date, "command": command, "readings": board.readings,
            "groups": [_group(group) for group in board.groups],
            "runs": [{"scanner": run.scanner.name, **vars(run.farm.conditions), "ended": run.ended,
                      "started": run.record.started, "wall_s": run.record.wall_s, "load": run.record.load,
                      "version": run.record.version, "commands": run.record.commands} for run in runs]}


def _group(group: Group) -> dict:
    return {**{name: value for name, value in vars(group).items() if name != "score"}, "score": score_json(group.score)}


def score_json(one: Score) -> dict:
    found = {}
    for name, value in ((each.name, getattr(one, each.name)) for each in fields(one)):
        if isinstance(value, Share):
            found[name] = value.to_json()
        elif name == "confidence":
            found[name] = {level: share.to_json() for level, share in value.items()}
        elif isinstance(value, dict):  # counters
            found[name] = [{"of": key, "count": n} for key, n in sorted(value.items())]
        else:
            found[name] = value
    return found
