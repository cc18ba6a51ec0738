"""What a process and its children used, as the kernel counts it. Run as a program, it measures the command behind `--`."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

LOOK_EVERY_S = 0.01


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
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        _become(command, output)
    resident, ended = 0.0, 0
    while not ended:
        resident = max(resident, _peak_mb(pid))
        time.sleep(LOOK_EVERY_S)
        ended, status, used = os.wait4(pid, os.WNOHANG)
    return Usage(time.monotonic() - began, used.ru_utime, used.ru_stime, resident, os.waitstatus_to_exitcode(status))


def _peak_mb(pid: int) -> float:
    """So far, children included (masscan runs under `timeout`). What wait4() says is no use: it counts the memory that the
    process shared with us before exec().
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:  # it has just ended
        return 0
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    own = 0 if lines["Name"].strip().startswith("python") else int(lines.get("VmHWM", "0 kB").split()[0]) / 1024
    return own + sum(_peak_mb(int(child)) for child in children)


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
