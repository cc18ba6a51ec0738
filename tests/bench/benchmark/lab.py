"""Surveys of a farm by edgesurvey and its peers, in turn, with what they used and how often they were right."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from scoreboard.board import best
from scoreboard.farm import Conditions, Farm, Programs
from scoreboard.reading import AMBIGUOUS
from scoreboard.run import Run, obtain
from scoreboard.scanners import PEERS, Scanner, edgesurvey
from scoreboard.score import score

from . import figures
from .usage import Usage, read, together, wrapped

RATES = {"normal": 500, "fast": 10_000}  # probes a second, by --pace
LAST = 25  # hosts judged last, surveyed again alone: no survey can be shorter than the longest of their paths


@dataclass(frozen=True)
class Survey:
    scanner: str
    title: str
    hosts: int
    usage: Usage
    probes: int  # SYNs that the farm counted
    right: int
    load: float
    ended: bool
    own_path_s: float | None = None  # edgesurvey: the slowest of the last hosts, surveyed alone

    def fullness(self) -> float | None:
        if self.own_path_s is None:
            return None
        return figures.fullness(self.usage.wall_s, self.probes, RATES[self.scanner.split("-")[1]], self.own_path_s)


def scanners(peers: list[str], paces: list[str]) -> list[Scanner]:
    return [*(_measured(edgesurvey(pace)) for pace in paces),
            *(_measured(peer) for peer in PEERS if peer.name in peers)]


def _measured(scanner: Scanner) -> Scanner:
    return replace(scanner, commands=lambda farm: [wrapped(command, f"{i}.usage")
                                                   for i, command in enumerate(scanner.commands(farm))])


def survey(farm: Farm, scanner: Scanner, programs: Programs) -> Survey:
    run = obtain(farm, scanner, programs, fresh=True)
    used = together([read(path) for path in sorted(run.folder.glob("*.usage"))]) if run.ended else Usage(
        run.record.wall_s, 0, 0, 0, run.record.status)
    probes = sum(sent.syns for sent in run.sent().values())
    own = None if scanner.is_peer or scanner.name == "edgesurvey-normal" else _slowest_alone(run, programs)
    return Survey(scanner.name, scanner.title, farm.conditions.hosts, used, probes, _right(run), run.record.load,
                  run.ended, own)


def _right(run: Run) -> int:
    if not run.ended:
        return 0
    found, sent = run.scanner.findings(run.farm, run.folder), run.sent()
    right = {reading: score(run.farm.truth, found[reading], sent).right.hits for reading in AMBIGUOUS if reading in found}
    return right[best(right)] if right else score(run.farm.truth, found[""], sent).right.hits


def _slowest_alone(run: Run, programs: Programs) -> float:
    hosts = json.loads((run.folder / "result.json").read_text())["hosts"]
    last = sorted(hosts, key=lambda host: host["scanned_at"])[-LAST:]
    (run.farm.folder / "last.targets").write_text("".join(f"{host['address']}\n" for host in last))
    pace = run.scanner.name.split("-")[1]
    command = ["edgesurvey", "scan", "-t", "../last.targets", "--pace", pace, "--seed", str(run.farm.conditions.seed),
               "--no-progress", "--quiet", "-o", "result.json"]
    alone = replace(edgesurvey(pace), name="last-alone", commands=lambda farm: [wrapped(command, "0.usage")])
    return read(obtain(run.farm, alone, programs, fresh=True).folder / "0.usage").wall_s


def rounds_of(sizes: dict[int, tuple[int, list[str], list[str]]], seed: int, loss: str, rtt: str, programs: Programs,
              folder: Path) -> list[list[Survey]]:
    """sizes: by number of hosts, how many rounds, which peers, which paces. The rounds of each scanner on each farm."""
    found: dict[tuple[int, str], list[Survey]] = {}
    for hosts, (rounds, peers, paces) in sizes.items():
        # IPv4 alone: nmap wants a process for each family, and two share the work.
        farm = Farm(Conditions(hosts, seed, loss, rtt, v6="0"), programs, folder / "farms")
        for n in range(rounds):
            for scanner in scanners(peers, paces):
                print(f"bench: {hosts} hosts, round {n + 1} of {rounds}: {scanner.title}", file=sys.stderr)
                found.setdefault((hosts, scanner.name), []).append(survey(farm, scanner, programs))
    return list(found.values())


def summed_up(rounds: list[Survey]) -> dict:
    first = rounds[0]
    probes = median(one.probes for one in rounds)
    own = [one.own_path_s for one in rounds if one.own_path_s is not None]
    return {"scanner": first.scanner, "title": first.title, "hosts": first.hosts, "rounds": len(rounds),
            "ended": all(one.ended for one in rounds),
            "wall_s": median(one.usage.wall_s for one in rounds),
            "cpu_us_per_probe": median(one.usage.cpu_s / max(one.probes, 1) * 1e6 for one in rounds),
            "resident_mb": median(one.usage.resident_mb for one in rounds),
            "syns": probes, "right": median(one.right for one in rounds),
            "load": max(one.load for one in rounds),
            "slowest_own_path_s": median(own) if own else None,
            "fullness": median(one.fullness() or 0 for one in rounds) if own else None}
