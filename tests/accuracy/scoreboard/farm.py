"""A farm on disk: the spec that edgefarm draws, its truth, its targets by family, and the ports to be asked."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from .ports import AskedPorts, parse_dry_run
from .truth import HostTruth, parse_truth

NOWHERE = "198.18.0.1"  # a benchmark address (RFC 2544) for a dry run, which sends nothing


@dataclass(frozen=True)
class Conditions:
    hosts: int
    seed: int
    loss: str  # of the round trip, as `edgefarm generate --loss` takes it
    rtt: str
    v6: str | None = None  # the share of IPv6 hosts; none: the farm's default
    only: str | None = None  # labels of the farm's kinds of hosts, with commas; none: the default mix

    def name(self) -> str:
        share = "" if self.v6 is None else f"-v6-{self.v6}"
        kinds = "" if self.only is None else f"-only-{self.only.replace(',', '-')}"
        return f"{self.hosts}-hosts-seed-{self.seed}-loss-{self.loss}-rtt-{self.rtt}{share}{kinds}"


@dataclass(frozen=True)
class Programs:
    edgesurvey: Path
    edgefarm: Path

    @cached_property
    def digests(self) -> dict[str, str]:
        return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in asdict(self).items()}


class Farm:
    def __init__(self, conditions: Conditions, programs: Programs, folder: Path) -> None:
        self.conditions = conditions
        self.folder = folder / conditions.name()
        self.spec = self.folder / "farm.json"
        self._programs = programs
        self._draw()

    def _draw(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        c = self.conditions
        _output([self._programs.edgefarm, "generate", "--hosts", c.hosts, "--seed", c.seed, "--loss", c.loss,
                 "--rtt", c.rtt, *(["--v6", c.v6] if c.v6 is not None else []),
                 *(["--only", c.only] if c.only is not None else []), "-o", self.spec])
        for family, addresses in self.addresses.items():
            (self.folder / f"{family}.targets").write_text("".join(f"{address}\n" for address in addresses))

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.spec.read_bytes()).hexdigest()

    @cached_property
    def truth(self) -> dict[str, HostTruth]:
        return parse_truth(json.loads(_output([self._programs.edgefarm, "truth", self.spec])))

    @cached_property
    def addresses(self) -> dict[str, list[str]]:
        return {"v4": [a for a in self.truth if ":" not in a], "v6": [a for a in self.truth if ":" in a]}

    @cached_property
    def client_v6(self) -> str:
        return json.loads(self.spec.read_text())["client_v6"]

    @cached_property
    def asked(self) -> AskedPorts:
        return parse_dry_run(_output([self._programs.edgesurvey, "scan", NOWHERE, "--dry-run", "--seed",
                                      self.conditions.seed]))


def _output(command: list) -> str:
    done = subprocess.run([str(word) for word in command], check=True, stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout
