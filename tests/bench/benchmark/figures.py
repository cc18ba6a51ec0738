"""Medians and ratios of what was measured."""

from __future__ import annotations

import re
from statistics import median


def throughput(rounds: list[dict]) -> dict:
    """Ratios are taken within a round, for both loops shared the machine's mood in it; then the median of rounds."""
    of = {loop: {name: median(one[loop][name] for one in rounds)
                 for name in ("probes_per_s", "user_us_per_probe", "system_us_per_probe")}
          for loop in ("bare", "engine")}
    return of | {
        "rounds": len(rounds),
        "ratio": median(one["engine"]["probes_per_s"] / one["bare"]["probes_per_s"] for one in rounds),
        "user_us_more": median(one["engine"]["user_us_per_probe"] - one["bare"]["user_us_per_probe"] for one in rounds)}


def hot_paths(output: dict) -> dict[str, float]:
    """Nanoseconds of CPU a unit, by hot path, from Google Benchmark's JSON: the median where it was repeated."""
    times: dict[str, list[float]] = {}
    for one in output["benchmarks"]:
        if one.get("run_type", "iteration") == "iteration":
            times.setdefault(one["name"].split("/")[0], []).append(1e9 / one["items_per_second"])
    return {name: median(found) for name, found in times.items()}


CALLS = re.compile(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", re.MULTILINE)


def system_calls(strace: str) -> dict[str, int]:
    """Calls by name, from what `strace -c` wrote."""
    return {name: int(count) for count, name in CALLS.findall(strace) if name != "total"}


def fullness(wall_s: float, probes: int, rate: float, own_path_s: float) -> float:
    """How many times as long a survey took as its pace, or its slowest host alone, would have made it take."""
    return wall_s / max(probes / rate, own_path_s)


def growth(by_hosts: dict[int, float]) -> dict[int, float]:
    """Of each size, the seconds a host over those of the size before."""
    sizes = sorted(by_hosts)
    return {big: (by_hosts[big] / big) / (by_hosts[small] / small) for small, big in zip(sizes, sizes[1:])}


TOTALS = re.compile(r"^(?:summary|totals):\s*(\d+)", re.MULTILINE)
TRIGGER = re.compile(r"^desc: Trigger: Client Request: (.+)$", re.MULTILINE)


def instructions(dump: str) -> tuple[str, int] | None:
    """The mark and the instructions of one of callgrind's dumps; None of a dump without a mark (its last)."""
    trigger, totals = TRIGGER.search(dump), TOTALS.search(dump)
    return (trigger[1], int(totals[1])) if trigger and totals else None
