"""./dev ablation: what each row of the table of questions buys, measured without it; writes docs/inquiry.md."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from .cases import CASES, SMALL, Case
from .measure import Cost, Setting, Virtual, compare
from .page import Row, page, summary

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "inquiry.md"
LOSSES = (0.0, 0.01, 0.05, 0.1)


def main() -> int:
    options = _parse(sys.argv[1:])
    virtual = Virtual(options.virtual, options.folder, options.jobs)
    questions = virtual.questions()
    names = [question["name"] for question in questions]
    if set(names) != set(CASES):
        print(f"ablation: without a case in cases.py: {sorted(set(names) - set(CASES))}; without a row in the table: "
              f"{sorted(set(CASES) - set(names))}", file=sys.stderr)
        return 1
    names = [name for name in names if not options.only or name in options.only]
    own = {name: _costs(virtual, name, farms_of(CASES[name], options)) for name in names}
    mix = {name: _costs(virtual, name, Farms((), options.mix_farms, options.hosts)) for name in names}
    rows = [Row(name, own[name], mix[name]) for name in names]
    text = page(questions, rows, shlex.join(["./dev", "ablation", *_typed(sys.argv[1:])]), time.strftime("%Y-%m-%d"))
    written = options.folder / "inquiry.md" if options.only else DOCUMENT
    written.write_text(text)
    print(summary(rows))
    print(f"ablation: wrote {written}", file=sys.stderr)
    return 0


@dataclass(frozen=True)
class Farms:
    kinds: tuple[str, ...]
    count: int
    hosts: int  # of each


def farms_of(case: Case, options: argparse.Namespace) -> Farms:
    """As many hosts in all, however large the farms are."""
    if not case.small:
        return Farms(case.kinds, options.farms, options.hosts)
    return Farms(case.kinds, max(1, options.farms * options.hosts // SMALL), SMALL)


def _costs(virtual: Virtual, name: str, farms: Farms) -> dict[float, Cost]:
    """By loss; of no farm, nothing."""
    costs = {}
    for loss in LOSSES if farms.count else ():
        setting = Setting(farms.kinds, loss, range(1, farms.count + 1), farms.hosts)
        costs[loss] = compare(virtual.results(setting, None), virtual.results(setting, name))
        print(_line(name, "own kinds" if farms.kinds else "default mix", loss, costs[loss]), flush=True)
    return costs


def _line(name: str, farm: str, loss: float, cost: Cost) -> str:
    return (f"without {name:22} {farm:11} loss {100 * loss:3g} %: right {0.0 - cost.right:+.3f} % ±{cost.right_error:.3f} of "
            f"{cost.hosts}, SYNs {cost.syns:+.2f}, s {cost.seconds:+.2f}, surveys {cost.survey_seconds:+.1f} s, exposed "
            f"called closed {cost.exposed_called_closed:+d} of {cost.exposed} (surely "
            f"{cost.exposed_surely_closed:+d}), spans exact {-cost.spans_exact_lost:+d} of {cost.spans}")


def _parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev ablation", description=__doc__)
    parser.add_argument("--virtual", type=Path, required=True, help="edgesurvey_virtual (./dev gives it)")
    parser.add_argument("--folder", type=Path, required=True, help="where results are kept (./dev gives it)")
    parser.add_argument("--hosts", type=int, default=2500, help="of each farm (2500)")
    parser.add_argument("--farms", type=int, default=8, help="for each row and loss, of its own kinds (8)")
    parser.add_argument("--mix-farms", type=int, default=8, help="... of the default mix; 0: none of it (8)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="farms surveyed at once (one a processor)")
    parser.add_argument("--only", action="append", metavar="ROW",
                        help="measure this row; the page is then written to the folder, not to docs")
    return parser.parse_args(words)


def _typed(words: list[str]) -> list[str]:
    """Without what ./dev adds."""
    typed = iter(words)
    return [word for word in typed if not (word in ("--virtual", "--folder") and next(typed))]
