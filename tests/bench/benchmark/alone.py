"""What needs no farm: the engine beside the bare loop, the pure hot paths, system calls, and large inputs and results."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from . import figures
from .usage import measured

MANY = 1_000_000
LOOPBACK = "127.1.0.0/24"  # refuses everything, at once
UNPACED = ["--rate", "0", "--host-rate", "0"]


@dataclass(frozen=True)
class Tools:
    edgesurvey: Path
    throughput: Path
    hot_paths: Path
    written: Path


def throughput(tools: Tools, hosts: int, rounds: int) -> dict:
    done = _output([tools.throughput, hosts, rounds, "both", 20_000])
    return figures.throughput(json.loads(done)["rounds"])


def hot_paths(tools: Tools, seconds: float) -> dict[str, float]:
    """Nanoseconds a unit."""
    return figures.hot_paths(json.loads(_output([tools.hot_paths, "--benchmark_format=json", f"--benchmark_min_time={seconds}"])))


def system_calls(tools: Tools, folder: Path) -> dict[str, dict[str, float]]:
    """Calls a probe, by name, of those that come more often than once in a hundred probes."""
    result = folder / "loopback.json"
    scan = [str(tools.edgesurvey), "scan", LOOPBACK, *UNPACED, "--seed", "1", "-q", "--no-progress", "-o", str(result)]
    ours = _traced(scan, folder)
    probes = json.loads(result.read_text())["summary"]["probes"]["attempts"]
    bare = _traced([str(tools.throughput), "256", "1", "bare", "1"], folder)
    return {"edgesurvey": _per(ours, probes), "bare": _per(bare, bare["connect"])}


def _traced(command: list[str], folder: Path) -> dict[str, int]:
    trace = folder / "strace.txt"
    subprocess.run(["strace", "-f", "-c", "-o", str(trace), *command], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL)
    return figures.system_calls(trace.read_text())


def _per(calls: dict[str, int], probes: int) -> dict[str, float]:
    return {name: count / probes for name, count in calls.items() if count > probes / 100}


def written(tools: Tools, folder: Path, result: Path, rounds: int) -> dict[str, float]:
    """CPU seconds to open a result, and to write it as JSON and CSV: medians."""
    done = [json.loads(_output([tools.written, result, folder / "again.json", folder / "again.csv"])) for _ in range(rounds)]
    return {what: median(one[what] for one in done) for what in ("opened_cpu_s", "written_cpu_s")}


def large(tools: Tools, folder: Path) -> dict[str, dict]:
    """Dry runs of a million hosts."""
    lines, names = folder / "addresses.txt", folder / "names.txt"
    first = 11 << 24
    lines.write_text("".join(f"{n >> 24}.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}\n" for n in range(first, first + MANY)))
    names.write_text("".join(f"edge-{n}.org-{n % 97}.example org=Org{n % 97} role=av\n" for n in range(MANY)))
    dry = [str(tools.edgesurvey), "scan", "--dry-run", "--seed", "1", "--max-targets", str(2 * MANY)]
    tasks = {"dry run, 1,048,576 addresses as a block": [*dry, "11.0.0.0/12"],
             "dry run, 1,000,000 lines of addresses": [*dry, "-t", str(lines)],
             "dry run, 1,000,000 lines of names and tags": [*dry, "-t", str(names)]}
    found = {}
    for what, command in tasks.items():
        usage = measured(command)
        if usage.status:
            raise RuntimeError(f"{what}: exit status {usage.status}")
        found[what] = asdict(usage)
    return found


def _output(command: list) -> str:
    return subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE).stdout
