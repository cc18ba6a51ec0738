"""A scan by the real binary inside the lab: started, waited for, and read back with what the perimeter saw of it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from harness import lab

BINARY = os.environ["EDGESURVEY"]
PATIENCE_S = 120


@dataclass
class Finished:
    """A command that has ended."""

    status: int
    stdout: str
    stderr: str
    seen: dict  # the lab's counters

    @property
    def silent(self) -> bool:
        """Nothing was sent: no SYN, no question to a name server."""
        return self.seen["total"]["syns"] == 0 and self.seen["questions"] == 0

    def syns_to(self, address: str) -> int:
        return self.seen["hosts"].get(address, {"syns": 0})["syns"]


@dataclass
class Survey(Finished):
    """A scan that wrote its results."""

    result: dict
    rows: list[dict]  # of the CSV
    folder: Path

    def host(self, address: str) -> dict:
        return next(host for host in self.result["hosts"] if host["address"] == address)

    def target(self, name: str) -> dict:
        return next(target for target in self.result["targets"] if target["name"] == name)

    @property
    def addresses(self) -> set[str]:
        return {host["address"] for host in self.result["hosts"]}

    @property
    def verdicts(self) -> dict[str, str]:
        return {host["address"]: host["verdict"] for host in self.result["hosts"]}


class Running:
    """A started command; the counters begin at zero with it."""

    def __init__(self, arguments: list[str], folder: Path, prefix: tuple[str, ...] = (), stdin: str = "", **changes) -> None:
        lab.counted(reset=True)
        self._errors = tempfile.NamedTemporaryFile("w+", prefix="edgesurvey-e2e-")
        self.process = subprocess.Popen(
            [*prefix, BINARY, *arguments], cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self._errors, env=os.environ | changes)
        assert self.process.stdin is not None
        self.process.stdin.write(stdin)
        self.process.stdin.close()
        self.process.stdin = None

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def wait(self) -> Finished:
        try:
            stdout, _ = self.process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise
        finally:
            stderr = self.said()
            self._errors.close()
        return Finished(self.process.returncode, stdout, stderr, lab.counted())

    def said(self) -> str:
        """What stands on its stderr so far."""
        return Path(self._errors.name).read_text()


def read_back(finished: Finished, folder: Path) -> Survey:
    result = json.loads((folder / "result.json").read_text())
    rows = list(csv.DictReader(io.StringIO((folder / "result.csv").read_text(), newline=""), strict=True))
    return Survey(**vars(finished), result=result, rows=rows, folder=folder)
