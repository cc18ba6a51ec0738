"""The lab we are running in: its addresses, and what its perimeter counted (tests/lab/README.md)."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

TARGETS = os.environ["EDGELAB_TARGETS"]
TRUTH = os.environ["EDGELAB_TRUTH"]
INTERFACE = os.environ["EDGELAB_INTERFACE"]
RESOLVER, RESOLVER_V6 = os.environ["EDGELAB_RESOLVER"], os.environ["EDGELAB_RESOLVER_V6"]
DEAD_RESOLVER = os.environ["EDGELAB_DEAD_RESOLVER"]

sys.path.insert(0, str(Path(os.environ["EDGELAB_COUNTERS"]).parent))
from edgelab import compare, counters  # noqa: E402  (the lab's own)

_DOOR = os.path.join(os.environ["EDGELAB_DIR"], "counter")
_PATIENCE_S = 20


def counted(reset: bool = False) -> dict:
    figures = counters.read(_DOOR, reset)
    assert figures["lost"] == 0, "the kernel lost SYNs: the perimeter's figures are too low"
    return figures


def wait_for_syns(number: int) -> None:
    """Returns once the perimeter has seen that many SYNs since the last reset: a scan is well under way."""
    deadline = time.monotonic() + _PATIENCE_S
    while counted()["total"]["syns"] < number:
        assert time.monotonic() < deadline, f"the perimeter saw no {number} SYNs in {_PATIENCE_S} s"
        time.sleep(0.01)
