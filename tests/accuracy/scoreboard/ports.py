"""The ports that every scanner is asked for: those that edgesurvey chooses by its seed."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class AskedPorts:
    services: tuple[int, ...]
    cls: tuple[int, ...]
    controls: tuple[int, ...]  # outside 50000-59999
    sample: tuple[int, ...]  # inside

    def all(self) -> list[int]:
        return sorted({*self.services, *self.cls, *self.controls, *self.sample})

    def text(self) -> str:
        """As every scanner's -p takes it."""
        return ",".join(str(port) for port in self.all())


def parse_ports(text: str) -> tuple[int, ...]:
    """Of "443,50001-50003"; ValueError for anything else."""
    found = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        found.extend(range(int(first), int(last if dash else first) + 1))
    return tuple(found)


def parse_dry_run(text: str) -> AskedPorts:
    """From what `edgesurvey scan --dry-run` prints; ValueError if it does not say."""
    found = {}
    for name in ("services", "CLS", "controls", "sample"):
        line = re.search(rf"^\s+{name}\s+([\d,\s-]+)$", text, re.MULTILINE)
        if line is None:
            raise ValueError(f"the dry run does not name its {name} ports")
        found[name] = parse_ports(line[1])
    return AskedPorts(found["services"], found["CLS"], found["controls"], found["sample"])


def parse_spans(texts: list[str]) -> list[tuple[int, int]]:
    """Of ["50000-52999", "55000"], ascending."""
    return sorted((min(ports), max(ports)) for ports in map(parse_ports, texts))
