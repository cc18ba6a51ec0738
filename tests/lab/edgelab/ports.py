"""A map from every TCP port to one value, painted range over range."""

from __future__ import annotations

from typing import Iterator

LAST_PORT = 65535


def parse(ports: str) -> list[tuple[int, int]]:
    """'443,50001-50003' -> [(443, 443), (50001, 50003)]."""
    ranges = []
    for part in ports.split(","):
        first, _, last = part.partition("-")
        ranges.append((int(first), int(last or first)))
    return ranges


class PortMap:
    """Each port has exactly one value; later paint covers earlier paint."""

    def __init__(self, rest: str) -> None:
        self._ranges: list[tuple[int, int, str]] = [(0, LAST_PORT, rest)]

    def paint(self, ports: str, value: str) -> "PortMap":
        for first, last in parse(ports):
            self._cover(first, last, value)
        return self

    def at(self, port: int) -> str:
        return next(value for first, last, value in self._ranges if first <= port <= last)

    def __iter__(self) -> Iterator[tuple[int, int, str]]:
        return iter(self._ranges)

    def _cover(self, first: int, last: int, value: str) -> None:
        kept = [(first, last, value)]
        for a, b, old in self._ranges:
            if a < first:
                kept.append((a, min(b, first - 1), old))
            if b > last:
                kept.append((max(a, last + 1), b, old))
        self._ranges = sorted(kept)
