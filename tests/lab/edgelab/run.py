"""tests/lab/run SPEC -- COMMAND: runs a command inside a lab."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from edgelab import counters
from edgelab.lab import Lab
from edgelab.namespaces import LabError, die_with_parent, require_tools, unshare_command
from edgelab.spec import load

INSIDE = "EDGELAB_INSIDE"


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="run", usage="run [options] SPEC [-- COMMAND...]", description="Builds a lab of simulated Edges in private "
        "network namespaces, runs COMMAND (or a shell) as its client, and ends with its status, or with 77 if this machine "
        "lacks something, or with 125 if the lab could not be built.")
    parser.add_argument("--counters", metavar="FILE", help="write what the perimeter counted to FILE at the end")
    parser.add_argument("--truth", metavar="FILE", help="copy the ground truth to FILE")
    parser.add_argument("spec", help="a file, or the name of one in specs/")
    own, command = arguments, []
    if "--" in arguments:
        own, command = arguments[:arguments.index("--")], arguments[arguments.index("--") + 1:]
    options = parser.parse_args(own)
    options.command = command or [os.environ.get("SHELL", "/bin/sh")]
    return options


def enter_private_namespace() -> None:
    """Starts this program again, in namespaces of its own: is_inside() is true there."""
    require_tools()
    os.environ[INSIDE] = str(os.getpid())
    command = unshare_command()
    os.execvp(command[0], [*command, sys.executable, *sys.argv])


def is_inside() -> bool:
    return os.environ.pop(INSIDE, None) == str(os.getpid())


def main() -> int:
    options = parse(sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        spec = load(options.spec)
        if not is_inside():
            enter_private_namespace()
        with Lab(spec) as lab:
            status = run_command(options.command, os.environ | lab.environment())
            if options.truth:
                shutil.copyfile(lab.directory / "truth.json", options.truth)
            if options.counters:
                figures = counters.read(str(lab.directory / "counter"))
                Path(options.counters).write_text(counters.one_line_a_host(figures))
        return status
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except LabError as error:
        print(error, file=sys.stderr)
        return error.status


def run_command(command: list[str], environment: dict[str, str]) -> int:
    """The command is in the foreground: a Ctrl-C is its own affair, and what asks us to end is passed on to it."""
    try:
        child = subprocess.Popen(command, env=environment, preexec_fn=die_with_parent)
    except OSError as error:
        print(f"lab: {command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    status = child.wait()
    return 128 - status if status < 0 else status
