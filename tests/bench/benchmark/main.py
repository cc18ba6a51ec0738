"""./dev bench: measures, prints the page, writes it with its plot and its figures."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shlex
import sys
import time
from pathlib import Path

from scoreboard.farm import Programs
from scoreboard.run import CannotRun

from . import alone, lab
from .page import page
from .plot import svg

DOCS = Path(__file__).resolve().parents[3] / "docs"
SEED, LOSS, RTT = 401, "0-0.025", "20-200"  # the loss of the round trip, each host its own
PEERS = ["nmap-connect-tuned", "masscan"]
WHOLE = {250: (3, PEERS, ["fast", "normal"]), 2500: (3, PEERS, ["fast"]), 25_000: (1, [], ["fast"])}
SHORTER = {250: (3, PEERS[:1], ["fast", "normal"]), 2500: (1, PEERS[:1], ["fast"]), 25_000: (1, [], ["fast"])}
QUICK = {250: (1, PEERS[:1], ["fast"])}


def main() -> int:
    options = _options(sys.argv[1:])
    options.folder.mkdir(parents=True, exist_ok=True)
    try:
        found = json.loads(options.again.read_text()) if options.again else _measure(options)
    except CannotRun as error:
        print(f"bench: {error}", file=sys.stderr)
        return 77
    _write(found, options.folder)
    if options.publish:
        _write(found, DOCS)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev bench", description="Measures the engine beside a bare loop, surveys of a farm beside other scanners, large "
        "inputs, and the pure hot paths. Everything is written under build/bench. It takes about half an hour.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="250 hosts and one peer, once: two minutes")
    size.add_argument("--shorter", action="store_true", help="larger farms once, and nmap alone: a quarter of an hour")
    size.add_argument("--again", type=Path, metavar="JSON", help="measure nothing: write the page anew from kept figures")
    parser.add_argument("--publish", action="store_true", help="write docs/performance.md, .json and .svg too")
    for name in ("edgesurvey", "edgefarm", "throughput", "hot-paths", "written", "folder"):
        parser.add_argument(f"--{name}", type=lambda path: Path(path).resolve(), required=True, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.command = shlex.join(["./dev", "bench", *(f"--{flag}" for flag in ("quick", "shorter", "publish")
                                                      if getattr(options, flag))])
    return options


def _measure(options: argparse.Namespace) -> dict:
    tools = alone.Tools(options.edgesurvey, options.throughput, options.hot_paths, options.written)
    load = os.getloadavg()[0]
    print("bench: the engine and the bare loop in turn", file=sys.stderr)
    found = {"command": options.command, "date": time.strftime("%Y-%m-%d"), "loss": LOSS, "rtt": RTT, "seed": SEED,
             "throughput": alone.throughput(tools, 1000 if options.quick else 2000, 3 if options.quick else 5),
             "system_calls": alone.system_calls(tools, options.folder),
             "hot_paths": alone.hot_paths(tools, 0.1 if options.quick else 0.5)}
    sizes = QUICK if options.quick else SHORTER if options.shorter else WHOLE
    programs = Programs(options.edgesurvey, options.edgefarm)
    rounds = lab.rounds_of(sizes, SEED, LOSS, RTT, programs, options.folder)
    largest = next(options.folder.glob(f"farms/{max(sizes)}-hosts-*/edgesurvey-fast/result.json"))
    found["surveys"] = [lab.summed_up(one) for one in rounds]
    found["written"] = {"hosts": max(sizes), **alone.written(tools, options.folder, largest, 5)}
    found["large"] = alone.large(tools, options.folder)
    found["machine"] = {"processors": os.cpu_count(), "model": _model(), "kernel": platform.release().split("-")[0],
                        "load_before": load, "load_after": os.getloadavg()[0]}
    return found


def _model() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _write(found: dict, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    series: dict[str, dict[int, float]] = {}
    for one in found["surveys"]:
        if one["ended"]:
            series.setdefault(one["title"], {})[one["hosts"]] = one["wall_s"]
    text = page(found, "performance.svg")
    (folder / "performance.json").write_text(json.dumps(found, indent=1) + "\n")
    (folder / "performance.svg").write_text(svg(series))
    (folder / "performance.md").write_text(text)
    print(text)
    print(f"bench: wrote {folder}/performance.md, .json and .svg", file=sys.stderr)
