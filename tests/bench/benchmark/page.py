"""docs/performance.md: what one run of ./dev bench found."""

from __future__ import annotations

from scoreboard.markdown import loss_percent

from . import figures
from .goals import table


def page(found: dict, plot: str) -> str:
    machine = found["machine"]
    parts = [
        "# Performance", "",
        f"Written by `{found['command']}` on {found['date']}: {machine['processors']} processors "
        f"({machine['model']}), Linux {machine['kernel']}, load {machine['load_before']:.1f} before and "
        f"{machine['load_after']:.1f} after. [tests/bench](../tests/bench/README.md) tells what is measured how. Ratios are of "
        "one run; absolute figures are this machine's on that day.", "",
        "## Goals", "", *table(found), "",
        "## The engine beside a bare loop", "", *_engine(found["throughput"], found["system_calls"]), "",
        "## Surveys of a farm", "",
        f"Round trips of {found['rtt']} ms, {loss_percent(found['loss'])}% loss of the round trip; every scanner asks the same ports "
        "of the same hosts. *Full*: the wall time over what the pace, or the slowest of the last hosts surveyed alone, would "
        "take.", "", *_surveys(found["surveys"]), "", *_comparison(found["surveys"]), "", f"![Wall time by hosts]({plot})", "",
        "## Large inputs and results", "", *_large(found["large"]), "", _written(found["written"]), "",
        "## The pure hot paths", "", "| path | ns a unit |", "|---|---|",
        *(f"| {name} | {ns:,.0f} |" for name, ns in found["hot_paths"].items()), ""]
    return "\n".join(parts)


def _engine(t: dict, calls: dict) -> list[str]:
    rows = ["| | probes/s | user us a probe | system us a probe | system calls a probe |", "|---|---|---|---|---|"]
    for name, title in (("bare", "bare loop"), ("engine", "edgesurvey's engine")):
        one = t[name]
        made = sum(calls["bare" if name == "bare" else "edgesurvey"].values())
        rows.append(f"| {title} | {one['probes_per_s']:,.0f} | {one['user_us_per_probe']:.2f} | "
                    f"{one['system_us_per_probe']:.2f} | {made:.2f} |")
    more = sorted(set(calls["edgesurvey"]) | set(calls["bare"]),
                  key=lambda name: (-calls["edgesurvey"].get(name, 0), name))
    listed = ", ".join(f"{name} {calls['edgesurvey'].get(name, 0):.2f} ({calls['bare'].get(name, 0):.2f})" for name in more)
    return [*rows, "", f"Refusing loopback ports, unpaced, {t['rounds']} rounds, medians. The engine makes "
            f"**{t['ratio']:.2f}** of the bare loop's probes and takes **{abs(t['user_us_more']):.2f} us** "
            f"{'more' if t['user_us_more'] >= 0 else 'less'} user time a probe. "
            f"System calls a probe, the bare loop's in brackets: {listed}."]


def _surveys(surveys: list[dict]) -> list[str]:
    rows = ["| scanner | hosts | rounds | wall s | CPU us a SYN | resident MB | SYNs | right | full | load |",
            "|---|---|---|---|---|---|---|---|---|---|"]
    for one in surveys:
        wall = f"{one['wall_s']:.1f}" if one["ended"] else "not ended"
        full = f"{one['fullness']:.2f}" if one["fullness"] else ""
        rows.append(f"| {one['title']} | {one['hosts']:,} | {one['rounds']} | {wall} | {one['cpu_us_per_probe']:.0f} | "
                    f"{one['resident_mb']:.0f} | {one['syns']:,.0f} | {one['right'] / one['hosts']:.1%} | {full} | "
                    f"{one['load']:.1f} |")
    return rows


def _comparison(surveys: list[dict]) -> list[str]:
    lines = []
    ours = {one["hosts"]: one for one in surveys if one["scanner"] == "edgesurvey-fast"}
    for one in surveys:
        if one["scanner"] == "nmap-connect-tuned" and one["ended"] and one["hosts"] in ours:
            mine = ours[one["hosts"]]
            lines.append(f"- {one['hosts']:,} hosts: edgesurvey at fast pace is {one['wall_s'] / mine['wall_s']:.1f} times as fast "
                         f"as tuned nmap -sT, with {mine['right'] - one['right']:+,.0f} right verdicts.")
    for hosts, ratio in figures.growth({hosts: one["wall_s"] for hosts, one in ours.items()}).items():
        lines.append(f"- {hosts:,} hosts take {ratio:.2f} times the seconds a host of the next smaller survey.")
    return lines


def _written(written: dict) -> str:
    return (f"The result of {written['hosts']:,} hosts, {written['written_cpu_s']:.2f} s of CPU to write as JSON and CSV, each host "
            f"read from the file again for each; {written['opened_cpu_s']:.2f} s to open it before, read once and checked.")


def _large(large: dict[str, dict]) -> list[str]:
    return ["| task | wall s | CPU s | resident MB |", "|---|---|---|---|",
            *(f"| {what} | {u['wall_s']:.2f} | {u['user_s'] + u['system_s']:.2f} | {u['resident_mb']:.0f} |"
              for what, u in large.items())]
