"""What edgesurvey sets itself, and what of it a run measured."""

from __future__ import annotations

from dataclasses import dataclass

from . import figures


@dataclass(frozen=True)
class Goal:
    what: str
    measured: str
    met: bool


def goals(found: dict) -> list[Goal]:
    """Those of which the run has the figures."""
    t = found["throughput"]
    listed = [Goal("the engine makes at least 0.85 of the bare loop's probes", f"{t['ratio']:.2f}", t["ratio"] >= 0.85),
              Goal("with at most 2.5 us more user time a probe", f"{t['user_us_more']:.2f} us", t["user_us_more"] <= 2.5)]
    by = {(one["scanner"], one["hosts"]): one for one in found["surveys"] if one["ended"]}
    for hosts, times in ((250, 3.5), (2500, 7)):
        ours, peer = by.get(("edgesurvey-fast", hosts)), by.get(("nmap-connect-tuned", hosts))
        if ours and peer:
            ratio = peer["wall_s"] / ours["wall_s"]
            listed.append(Goal(f"{hosts:,} hosts at fast pace: {times} times as fast as tuned nmap -sT, and right more often",
                               f"{ratio:.1f} times, {ours['right']:,.0f} right against {peer['right']:,.0f}",
                               ratio >= times and ours["right"] > peer["right"]))
    if few := by.get(("edgesurvey-fast", 250)):
        listed.append(Goal("250 hosts at fast pace: at most 6.5 s", f"{few['wall_s']:.1f} s", few["wall_s"] <= 6.5))
    if usual := by.get(("edgesurvey-normal", 250)):
        listed.append(Goal("250 hosts at normal pace: under 60 s", f"{usual['wall_s']:.1f} s", usual["wall_s"] < 60))
    if many := by.get(("edgesurvey-fast", 25_000)):
        few = by.get(("edgesurvey-fast", 2500))
        if few:
            ratio = figures.growth({2500: few["wall_s"], 25_000: many["wall_s"]})[25_000]
            listed.append(Goal("25,000 hosts: at most 1.15 times the seconds a host of 2,500", f"{ratio:.2f} times", ratio <= 1.15))
        listed.append(Goal("25,000 hosts: under 150 MB resident", f"{many['resident_mb']:.0f} MB", many["resident_mb"] < 150))
    if (written := found["written"])["hosts"] == 25_000:
        cpu = written["written_cpu_s"]
        listed.append(Goal("25,000 hosts: written as JSON and CSV, under 2 s of CPU", f"{cpu:.2f} s", cpu < 2))
    listed += [Goal(f"{what}: under 10 s and 100 MB", f"{u['wall_s']:.1f} s, {u['resident_mb']:.0f} MB",
                    u["wall_s"] < 10 and u["resident_mb"] < 100)
               for what, u in found["large"].items() if what.startswith("dry run")]
    return listed


def table(found: dict) -> list[str]:
    return ["| goal | measured | met |", "|---|---|---|",
            *(f"| {goal.what} | {goal.measured} | {'yes' if goal.met else '**no**'} |" for goal in goals(found))]
