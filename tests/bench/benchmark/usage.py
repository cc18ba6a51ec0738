"""What a process and its children used, as the kernel counts it. Run as a program, it measures the command behind `--`."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

LOOK_EVERY_S = 0.01
LOOK_FIRST_S = 0.0005  # and more seldom from there on: what lasts ten milliseconds is seen, too
INEXACT_KB = 4096  # the kernel counts pages on each processor, and adds them up now and then


@dataclass(frozen=True)
class Usage:
    wall_s: float
    user_s: float
    system_s: float
    resident_mb: float  # the most at any time
    status: int

    @property
    def cpu_s(self) -> float:
        return self.user_s + self.system_s


def measured(command: list[str], output: Path | None = None) -> Usage:
    """Its standard output goes into the file, or nowhere."""
    began, ours = time.monotonic(), _kilobytes(_lines_of(os.getpid())["VmHWM"])
    program = _program_of(os.getpid())
    pid = os.fork()
    if pid == 0:
        _become(command, output)
    resident, ended = 0.0, 0
    while not ended:
        if _program_of(pid) != program:  # before its exec() it holds what is ours
            resident = max(resident, _peak_mb(pid))
        time.sleep(max(LOOK_FIRST_S, min(LOOK_EVERY_S, (time.monotonic() - began) / 10)))
        ended, status, used = os.wait4(pid, os.WNOHANG)
    # What wait4() says counts the memory that the process shared with us before exec(). Above that it is its own, and sees
    # the peak that comes after the last look.
    if used.ru_maxrss > ours + INEXACT_KB:
        resident = max(resident, used.ru_maxrss / 1024)
    return Usage(time.monotonic() - began, used.ru_utime, used.ru_stime, resident, os.waitstatus_to_exitcode(status))


def _peak_mb(pid: int) -> float:
    """So far, children included (masscan runs under `timeout`)."""
    try:
        peak = _kilobytes(_lines_of(pid).get("VmHWM", "0 kB"))
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has just ended
        return 0
    return peak / 1024 + sum(_peak_mb(int(child)) for child in children)


def _program_of(pid: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/exe")
    except OSError:  # it has just ended
        return ""


def _lines_of(pid: int) -> dict[str, str]:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return dict(line.split(":", 1) for line in status.splitlines() if ":" in line)


def _kilobytes(text: str) -> int:
    return int(text.split()[0])


def _become(command: list[str], output: Path | None) -> None:
    try:
        out = os.open(output or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(out, 1)
        os.execvp(command[0], command)
    finally:
        os._exit(127)


def wrapped(command: list[str], into: str) -> list[str]:
    """The command as one that also writes its usage into a file; its standard output stays what it was."""
    return [sys.executable, "-B", str(Path(__file__).resolve()), into, "--", *command]


def read(path: Path) -> Usage:
    return Usage(**json.loads(path.read_text()))


def together(usages: list[Usage]) -> Usage:
    """Of processes that ran at the same time."""
    return Usage(max(u.wall_s for u in usages), sum(u.user_s for u in usages), sum(u.system_s for u in usages),
                 sum(u.resident_mb for u in usages), max(u.status for u in usages))


if __name__ == "__main__":
    into, command = sys.argv[1], sys.argv[sys.argv.index("--") + 1:]
    usage = measured(command, Path("/dev/stdout"))
    Path(into).write_text(json.dumps(asdict(usage)))
    sys.exit(usage.status if usage.status >= 0 else 128 - usage.status)
