"""./dev accuracy: runs what is asked for, prints the scoreboard, writes it down."""

from __future__ import annotations

import json
import shlex
import sys
import time
from pathlib import Path

from .board import Board, gather
from .document import page, to_json
from .farm import Conditions, Farm, Programs
from .options import errands, parse
from .run import CannotRun, Run, obtain

CANNOT_RUN = 77  # CTest's SKIP_RETURN_CODE
DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "accuracy.md"


def main() -> int:
    options = parse(sys.argv[1:])
    try:
        runs = _runs(options)
    except CannotRun as error:
        print(f"accuracy: {error}", file=sys.stderr)
        return CANNOT_RUN
    board = gather(runs)
    date = time.strftime("%Y-%m-%d")
    text = page(board, runs, command_line(sys.argv[1:]), date)
    print(text)
    written = [options.folder / "accuracy.md", *([DOCUMENT] if options.whole or options.publish else [])]
    for path in written:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (options.folder / "accuracy.json").write_text(
        json.dumps(to_json(board, runs, command_line(sys.argv[1:]), date), indent=1) + "\n")
    print(f"accuracy: wrote {', '.join(map(str, [*written, options.folder / 'accuracy.json']))}", file=sys.stderr)
    return 0 if options.require is None or meets(board, options.require) else 1


def _runs(options) -> list[Run]:
    programs = Programs(options.edgesurvey, options.edgefarm)
    farms: dict[Conditions, Farm] = {}
    wanted = errands(options)
    runs = []
    for i, errand in enumerate(wanted, 1):
        if errand.conditions not in farms:
            farms[errand.conditions] = Farm(errand.conditions, programs, options.folder / "runs")
        print(f"accuracy: {i} of {len(wanted)}: {errand.scanner.title} on {errand.conditions.name()}", file=sys.stderr)
        runs.append(obtain(farms[errand.conditions], errand.scanner, programs, options.fresh))
    return runs


def command_line(arguments: list[str]) -> str:
    """As it was typed, without what ./dev adds."""
    typed, skip = [], False
    for word in arguments:
        if not skip and word not in ("--edgesurvey", "--edgefarm", "--folder"):
            typed.append(word)
        skip = not skip and word in ("--edgesurvey", "--edgefarm", "--folder")
    return shlex.join(["./dev", "accuracy", *typed])


def meets(board: Board, share: float) -> bool:
    """Says what does not."""
    met = True
    for group in board.groups:
        if not group.scanner.startswith("edgesurvey"):
            continue
        if (group.score.right.value or 0) < share or group.score.exposed_called_closed.hits:
            met = False
            print(f"accuracy: {group.title} at loss {group.loss} is right on {group.score.right.value:.4f}, calls "
                  f"{group.score.exposed_called_closed.hits} exposed hosts closed", file=sys.stderr)
    return met
