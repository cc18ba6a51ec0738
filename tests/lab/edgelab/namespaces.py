"""Private network namespaces, with or without root, and commands that run inside them."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Sequence

PR_SET_PDEATHSIG = 1
PATIENCE_S = 10
HERE = Path(__file__).resolve().parent.parent
TOOLS = ("ip", "mount", "nft", "nsenter", "unshare", "dnsmasq", "turnserver")
PACKAGES = ("iproute2", "util-linux", "nftables", "dnsmasq-base", "coturn")
_libc = ctypes.CDLL(None)

FORBIDDEN = """\
lab: cannot make a network namespace: {why}
lab: run as root, or allow user namespaces, for instance
lab:   sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=10000
lab:   sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
lab: (in a container: it needs CAP_SYS_ADMIN or a profile that permits unshare)"""


class LabError(Exception):
    """The lab could not be built; the text says why."""

    status = 125


class Unavailable(LabError):
    """This machine lacks a right or a tool that the lab needs: a test may skip itself, but for nothing else."""

    status = 77


def require_tools() -> None:
    """Looks where an ordinary user's PATH does not: Debian keeps the network tools in sbin."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    lacking = [tool for tool in TOOLS if shutil.which(tool) is None]
    if lacking:
        raise Unavailable(f"lab: not installed: {', '.join(lacking)} (apt install {' '.join(PACKAGES)})")


def unshare_command() -> list[str]:
    """The words that put a command into a namespace of its own: as root plainly, else as root of a user namespace."""
    attempts = [["unshare", "--user", "--map-root-user", "--net", "--mount"]]
    if os.geteuid() == 0:
        attempts.insert(0, ["unshare", "--net", "--mount"])
    for command in attempts:
        tried = subprocess.run([*command, "true"], capture_output=True, text=True)
        if tried.returncode == 0:
            return command
    raise Unavailable(FORBIDDEN.format(why=tried.stderr.strip()))


def die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Helper:
    """A process that serves the lab until the lab ends. It never outlives us, and a Ctrl-C does not reach it.

    `log`: a file for what it has to say for itself; without one that goes to our own stderr.
    """

    def __init__(self, command: Sequence[str], log: Path | None = None) -> None:
        self._command = " ".join(command)
        with open(log, "a") if log else nullcontext() as errors:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
                start_new_session=True, preexec_fn=die_with_parent)

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until_ready(self) -> None:
        """Returns when the helper has printed "ready"; a helper that ends first is an error."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("ready"):
                return
        raise LabError(f"lab: {self._command} ended before it was ready (status {self._process.wait()})")

    def wait(self) -> int:
        return self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Namespace:
    """A network namespace other than our own, kept alive by a process that does nothing else."""

    def __init__(self) -> None:
        self._holder = Helper(["unshare", "--net", "sh", "-c", "echo ready; exec cat"])
        self._holder.wait_until_ready()

    @property
    def pid(self) -> int:
        return self._holder.pid

    def inside(self, *command: str) -> list[str]:
        return ["nsenter", f"--net=/proc/{self.pid}/ns/net", *command]

    def run(self, *command: str, text: str | None = None) -> str:
        return run(*self.inside(*command), text=text)

    def python(self, module: str, *arguments: str) -> Helper:
        return Helper(self.inside("env", f"PYTHONPATH={HERE}", sys.executable, "-m", module, *arguments))

    def close(self) -> None:
        self._holder.stop()


class Here:
    """Our own namespace, with the same face."""

    def run(self, *command: str, text: str | None = None) -> str:
        return run(*command, text=text)


def run(*command: str, text: str | None = None) -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise LabError(f"lab: {' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


def sysctl(space: Namespace | Here, settings: dict[str, str | int]) -> None:
    """Sets what exists here; kernels differ in which of these a namespace has of its own."""
    script = "\n".join(f"[ ! -w {path} ] || echo '{value}' > {path}"
                       for path, value in ((Path("/proc/sys", *name.split(".")), value)
                                           for name, value in settings.items()))
    space.run("sh", "-s", text=script)


def wait_until_reachable(address: str, port: int) -> None:
    """The links and the name service are up once a connection is: nothing before that tells for certain."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection((address, port), timeout=0.2).close()
            return
        except OSError as why:
            if time.monotonic() > deadline:
                raise LabError(f"lab: {address} port {port} does not answer: {why}") from why
            if isinstance(why, ConnectionRefusedError):
                time.sleep(0.005)  # the program is not listening yet
