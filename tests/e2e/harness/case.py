"""The base of every end-to-end test."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path

from harness import checks, lab
from harness.survey import Finished, Running, Survey, read_back

# Nothing is lost in the lab, so one try is enough where the verdict is not the point.
BRISK = ("--timeout", "500ms", "--retries", "0")


class EndToEnd(unittest.TestCase):
    maxDiff = None

    def folder(self) -> Path:
        made = tempfile.TemporaryDirectory(prefix="edgesurvey-e2e-")
        self.addCleanup(made.cleanup)
        return Path(made.name)

    def run_it(self, *arguments: str, folder: Path | None = None, **how) -> Finished:
        """Any command line, to its end."""
        return Running(list(arguments), folder or self.folder(), **how).wait()

    def start_scan(self, *words: str, folder: Path, seed: int = 1, pace: str = "fast", resolver: str = lab.RESOLVER,
                   **how) -> Running:
        return Running(["scan", *words, "--pace", pace, "--seed", str(seed), "--resolver", resolver,
                        "-o", "result.json", "-o", "result.csv"], folder, **how)

    def scan(self, *words: str, status: int = 0, on_wire: bool = True, folder: Path | None = None, **how) -> Survey:
        """A scan to its end, with all that must hold for any result checked."""
        folder = folder or self.folder()
        return self.finish(self.start_scan(*words, folder=folder, **how), folder, status, on_wire)

    def finish(self, running: Running, folder: Path, status: int, on_wire: bool = True) -> Survey:
        finished = running.wait()
        self.assertEqual(finished.status, status, finished.stderr)
        survey = read_back(finished, folder)
        checks.check(survey)
        if on_wire:
            checks.attempts_are_those_on_the_wire(survey)
        self.assertEqual([path.name for path in folder.glob("*.journal")], [], "a journal was left behind")
        return survey

    def report(self, source: Path) -> dict:
        """What `edgesurvey report` makes of a result or a journal, as JSON; schema and sums checked."""
        folder = self.folder()
        finished = self.run_it("report", str(source), "-o", "again.json", "-q", folder=folder)
        self.assertEqual((finished.status, finished.stderr), (0, ""))
        result = json.loads((folder / "again.json").read_text())
        checks.validate(result)
        checks.probes_add_up(result)
        return result

    def write(self, folder: Path, name: str, content: str | bytes) -> str:
        """A file in the folder, which is the scan's working directory; returns its name."""
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    def assert_sent_nothing(self, finished: Finished) -> None:
        self.assertTrue(finished.silent, finished.seen)
