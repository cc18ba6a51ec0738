"""What a scanner says of a host; for edgesurvey, how sure it is and what it saw of the range."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

from .ports import parse_spans
from .truth import Spans


@dataclass(frozen=True)
class Range:
    sampled: int
    answered: int
    low: float  # the 95 % interval of the share that answers
    high: float
    spans: Spans | None  # None: not said


@dataclass(frozen=True)
class Finding:
    verdict: str
    reason: str = ""
    confidence: str = ""
    range: Range | None = None


MISSING = Finding("missing")


def parse_result(result: dict) -> dict[str, Finding]:
    """Of edgesurvey's result.json."""
    return {str(ip_address(host["address"])): Finding(host["verdict"], host["reason"], host["confidence"],
                                                      _range(host.get("range") or {}))
            for host in result["hosts"]}


def _range(found: dict) -> Range | None:
    if not found.get("sampled") or not found.get("ci95"):
        return None
    spans = found.get("spans")
    return Range(found["sampled"], found["answered"], *found["ci95"], None if spans is None else parse_spans(spans))
