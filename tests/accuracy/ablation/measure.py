"""Runs edgesurvey_virtual on the same farms with and without a row, and compares host by host."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """Farms of one kind; `kinds` empty: the default mix."""

    kinds: tuple[str, ...]
    loss: float
    seeds: range
    hosts: int  # of each farm

    def runs(self, without: str | None) -> list[tuple[str, ...]]:
        words = ["--hosts", str(self.hosts), "--loss", str(self.loss), "--pace", "fast", "--show", "json"]
        words += ["--only", ",".join(self.kinds)] if self.kinds else []
        words += ["--without", without] if without is not None else []
        return [(*words, "--seed", str(seed)) for seed in self.seeds]


@dataclass(frozen=True)
class Cost:
    """What the absence of a row costs: all figures are positive where the row does good."""

    hosts: int
    lost: int  # hosts judged rightly with the row only
    gained: int  # ... without it only
    syns: float  # more of them a host
    seconds: float  # longer, a host
    survey_seconds: float  # longer, all surveys together
    exposed: int  # of `hosts`
    exposed_called_closed: int  # more of them
    exposed_surely_closed: int  # ... with high confidence
    spans: int  # partial openings whose boundaries show
    spans_exact_lost: int  # fewer of them told to the port

    @property
    def right(self) -> float:
        """Percent of the hosts."""
        return 100 * (self.lost - self.gained) / self.hosts

    @property
    def right_error(self) -> float:
        """Half the 95 % interval of `right`, by the hosts that differ (McNemar); of none that does, by the rule of
        three."""
        differing = self.lost + self.gained
        if differing == 0:
            return 100 * 3 / self.hosts
        return 100 * 1.96 * sqrt(differing - (self.lost - self.gained) ** 2 / self.hosts) / self.hosts

    @property
    def spans_exact(self) -> float:
        """Percent of those openings."""
        return 100 * self.spans_exact_lost / self.spans if self.spans else 0.0


class Virtual:
    """The program, whose results are kept in `folder` while it stays the same."""

    def __init__(self, program: Path, folder: Path, jobs: int) -> None:
        self._program = program
        self._folder = folder
        self._jobs = jobs
        folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(self._program.read_bytes()).hexdigest()

    def questions(self) -> list[dict]:
        return json.loads(self._output(("--show", "questions")))

    def results(self, setting: Setting, without: str | None) -> list[dict]:
        with ThreadPoolExecutor(self._jobs) as pool:
            return list(pool.map(self._result, setting.runs(without)))

    def _result(self, words: tuple[str, ...]) -> dict:
        kept = self._folder / (hashlib.sha256("\0".join((self._digest, *words)).encode()).hexdigest() + ".json")
        if not kept.exists():
            new = kept.with_suffix(f".{os.getpid()}")  # another may be at it as well
            new.write_text(self._output(words))
            new.rename(kept)
        return json.loads(kept.read_text())

    def _output(self, words: tuple[str, ...]) -> str:
        done = subprocess.run([str(self._program), *words], check=True, stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE)
        return done.stdout


def compare(whole: list[dict], without: list[dict]) -> Cost:
    """Of the same farms in the same order."""
    pairs = [pair for a, b in zip(whole, without, strict=True) for pair in zip(a["right"], b["right"], strict=True)]
    hosts = len(pairs)

    def more(key: str) -> float:
        return sum(b[key] - a[key] for a, b in zip(whole, without, strict=True))

    def count(results: list[dict], part: str, *keys: str) -> int:
        return sum(result[key][part] for result in results for key in keys)

    spans = ("spans_exact", "spans_exact_small")
    return Cost(
        hosts=hosts,
        lost=pairs.count(("1", "0")),
        gained=pairs.count(("0", "1")),
        syns=more("syns") / hosts,
        seconds=more("host_seconds") / hosts,
        survey_seconds=more("survey_seconds"),
        exposed=count(whole, "of", "exposed_called_closed"),
        exposed_called_closed=count(without, "hits", "exposed_called_closed")
        - count(whole, "hits", "exposed_called_closed"),
        exposed_surely_closed=count(without, "hits", "exposed_surely_closed")
        - count(whole, "hits", "exposed_surely_closed"),
        spans=count(whole, "of", *spans),
        spans_exact_lost=count(whole, "hits", *spans) - count(without, "hits", *spans),
    )
