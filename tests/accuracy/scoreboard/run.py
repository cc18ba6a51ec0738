"""One scanner on one farm, opened afresh for it: run it, keep what it wrote, and reuse that while nothing changed."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from .farm import Farm, Programs
from .scanners import Scanner
from .truth import Sent, parse_counters

TIME_UP = 124  # edgefarm's exit status
NO_FARM = 125
INCOMPLETE = 3  # edgesurvey's, for a fault of our own: its result says which hosts, and is judged as it is


class CannotRun(Exception):
    """No farm can be opened on this machine."""


@dataclass(frozen=True)
class Record:
    """What a run leaves beside the scanner's own output. Reused if `key` is still the same."""
    key: dict
    commands: list[str]  # as one would type them
    started: str
    wall_s: float
    load: float  # of the machine, a minute's mean, the higher of before and after
    status: int
    version: str


@dataclass(frozen=True)
class Run:
    farm: Farm
    scanner: Scanner
    folder: Path
    record: Record

    @property
    def ended(self) -> bool:
        return self.record.status != TIME_UP

    def sent(self) -> dict[str, Sent]:
        return parse_counters(json.loads((self.folder / "counters.json").read_text()))


def obtain(farm: Farm, scanner: Scanner, programs: Programs, fresh: bool) -> Run:
    """CannotRun; RuntimeError if the scanner failed."""
    folder = farm.folder / scanner.name
    key = {"farm": farm.digest, "edgefarm": programs.digests["edgefarm"], "commands": scanner.commands(farm),
           "limit_s": scanner.limit_s, "version": version(scanner, programs)}
    kept = folder / "run.json"
    if not fresh and kept.exists():
        record = Record(**json.loads(kept.read_text()))
        if record.key == key:
            return Run(farm, scanner, folder, record)
    record = _run(farm, scanner, programs, folder, key)
    kept.write_text(json.dumps(asdict(record), indent=1))
    return Run(farm, scanner, folder, record)


def _run(farm: Farm, scanner: Scanner, programs: Programs, folder: Path, key: dict) -> Record:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    commands = scanner.commands(farm)
    started, began, load = time.strftime("%Y-%m-%d %H:%M:%S %z"), time.monotonic(), os.getloadavg()[0]
    status = subprocess.run(
        [programs.edgefarm, "run", farm.spec, "--truth", folder / "truth.json", "--counters", folder / "counters.json",
         "--targets", folder / "targets", "--limit", str(scanner.limit_s), "--", "sh", "-c", together(commands)],
        cwd=folder, stdin=subprocess.DEVNULL, env=_with_path_to(programs.edgesurvey), check=False).returncode
    wall_s = time.monotonic() - began
    if status == NO_FARM:
        raise CannotRun("edgefarm could not open a farm: it needs a TUN device and a network namespace")
    if status not in (0, TIME_UP) and (scanner.is_peer or status != INCOMPLETE):
        raise RuntimeError(f"{scanner.title} failed with {status}; see {folder}")
    return Record(key, [shlex.join(command) for command in commands], started, round(wall_s, 1),
                  round(max(load, os.getloadavg()[0]), 1), status, version(scanner, programs))


def together(commands: list[list[str]]) -> str:
    """A shell's line that runs them all at once, and fails if one did; its own time limit is no failure."""
    starts = [f"{shlex.join(command)} >{i}.stdout 2>{i}.stderr & p{i}=$!" for i, command in enumerate(commands)]
    waits = [f"wait $p{i} || s=$?; [ $s = 0 ] || [ $s = {TIME_UP} ] || exit $s; s=0" for i in range(len(commands))]
    return "\n".join([*starts, "s=0", *waits])


def _with_path_to(program: Path) -> dict[str, str]:
    return os.environ | {"PATH": f"{program.parent}:{os.environ.get('PATH', os.defpath)}"}


def version(scanner: Scanner, programs: Programs) -> str:
    """Of a peer, its own; of edgesurvey, whose version stands still while it is worked on, the program's digest too."""
    if scanner.version is None:
        return f"{_said((str(programs.edgesurvey), '--version'))} ({programs.digests['edgesurvey'][:12]})"
    return _said(tuple(scanner.version))


@cache
def _said(command: tuple[str, ...]) -> str:
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                              stdin=subprocess.DEVNULL, timeout=20)
    except FileNotFoundError:
        sys.exit(f"accuracy: {command[0]} is not installed")
    return next((line.split(" (")[0].strip() for line in done.stdout.splitlines() if line.strip()), "")
