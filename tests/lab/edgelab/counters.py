"""Asks the lab's SYN counter for its figures."""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys


def read(path: str, reset: bool = False) -> dict:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.connect(path)
        door.sendall(b"reset" if reset else b"read")
        return json.loads(b"".join(iter(lambda: door.recv(1 << 16), b"")))


def one_line_a_host(figures: dict) -> str:
    """JSON that diff and grep can work with."""
    hosts = ",\n".join(f"    {json.dumps(host)}: {json.dumps(counted)}" for host, counted in figures["hosts"].items())
    rest = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in figures.items() if key != "hosts")
    return f'{{\n  "hosts": {{\n{hosts}\n  }},\n{rest}\n}}\n'


def main() -> int:
    """tests/lab/counters: prints, inside a lab, what the perimeter has counted so far."""
    parser = argparse.ArgumentParser(
        prog="counters", description="Prints as JSON what the lab's perimeter has counted: per host SYNs, attempts (SYNs "
        "that are not resent ones), distinct ports and the most in any 1 s and 5 s. Ends with 1 if the kernel lost some, so "
        "that the figures are too low.")
    parser.add_argument("--reset", action="store_true", help="start again from zero after this")
    options = parser.parse_args()
    if "EDGELAB_DIR" not in os.environ:
        parser.error("not inside a lab (EDGELAB_DIR is not set); see tests/lab/run")
    figures = read(os.path.join(os.environ["EDGELAB_DIR"], "counter"), options.reset)
    sys.stdout.write(one_line_a_host(figures))
    return 1 if figures["lost"] else 0
