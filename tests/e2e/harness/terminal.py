"""A terminal of a given width that a command runs on, and what it drew there."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata
from pathlib import Path

from harness.survey import BINARY

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def run_on_terminal(arguments: list[str], folder: Path, columns: int = 80, only_stderr: bool = False, **changes) -> tuple[str, str]:
    """Returns what was drawn on the terminal, and what went to a pipe instead (standard output, if only_stderr)."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"} | changes
    process = subprocess.Popen([BINARY, *arguments], cwd=folder, env=environment, stdin=theirs, stderr=theirs,
                               stdout=subprocess.PIPE if only_stderr else theirs)
    os.close(theirs)
    drawn = b"".join(iter(lambda: _read(ours), b"")).decode()
    os.close(ours)
    piped = process.stdout.read().decode() if process.stdout else ""
    if process.stdout:
        process.stdout.close()
    process.wait()
    return drawn, piped


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # EIO: the command has closed its end
        return b""


def lines_left(drawn: str) -> list[str]:
    """The lines that stand on the terminal at the end: what was drawn over or cleared is gone."""
    return [_as_overwritten(line) for line in drawn.split("\n")]


def _as_overwritten(line: str) -> str:
    kept = ""
    for piece in line.rstrip("\r").split("\r"):
        text = ESCAPES.sub("", piece)
        kept = text if "\x1b[K" in piece else text + kept[len(text):]
    return kept


def width(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in line)
    return len(line) + wide
