"""The short form for CI: fails on what cannot be chance. Instruction counts are the same on every machine with the same
compiler and libraries, so they get a generous margin for other ones; times are only held against the bare loop in the
same run, and only a ratio far outside fails."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from . import figures

EXPECTED = Path(__file__).resolve().parents[1] / "instructions.json"
MARGIN = 1.3
LEAST_RATIO = 0.85 / 2  # the goal of docs/performance.md, and twice outside it


def main() -> int:
    parser = argparse.ArgumentParser(description="The short form of ./dev bench, for CI.")
    parser.add_argument("--instructions", type=lambda path: Path(path).resolve(), required=True)
    parser.add_argument("--throughput", type=lambda path: Path(path).resolve(), required=True)
    parser.add_argument("--approve", action="store_true", help="take the counts as they are now as the expected ones")
    options = parser.parse_args()
    counted = count(options.instructions)
    if options.approve:
        EXPECTED.write_text(json.dumps(counted, indent=1) + "\n")
        return 0
    faults = [*compare(counted, json.loads(EXPECTED.read_text())), *slow(options.throughput)]
    for fault in faults:
        print(f"bench: {fault}", file=sys.stderr)
    return 1 if faults else 0


def count(program: Path) -> dict[str, int]:
    """Instructions a unit, by hot path."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=dump", program], cwd=folder,
                              check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        units = {name: int(number) for number, name in (line.split(" ", 1) for line in done.stdout.splitlines())}
        dumps = filter(None, (figures.instructions(path.read_text()) for path in Path(folder).glob("dump*")))
        return {name: round(total / units[name]) for name, total in sorted(dumps)}


def compare(counted: dict[str, int], expected: dict[str, int]) -> list[str]:
    faults = [f"{name} is not counted any more" for name in expected.keys() - counted.keys()]
    for name, now in counted.items():
        before = expected.get(name)
        print(f"bench: {name}: {now} instructions, {before} expected")
        if before is None:
            faults.append(f"{name} is new: tests/bench/check --approve")
        elif now > before * MARGIN:
            faults.append(f"{name} takes {now} instructions, expected are {before}")
    return faults


def slow(program: Path) -> list[str]:
    done = subprocess.run([program, "1000", "3", "both", "20000"], check=True, text=True, stdout=subprocess.PIPE)
    ratio = figures.throughput(json.loads(done.stdout)["rounds"])["ratio"]
    print(f"bench: the engine makes {ratio:.2f} of the bare loop's probes a second")
    return [] if ratio >= LEAST_RATIO else [f"the engine makes {ratio:.2f} of the bare loop's probes, not {LEAST_RATIO:.2f}"]
