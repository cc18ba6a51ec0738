#!/usr/bin/env python3
"""What ./dev shows of a long command: how far a build has come, and all of its output when it fails."""

import os
import pty
import subprocess
import tempfile
import unittest
from pathlib import Path

QUIETLY = Path(__file__).resolve().parents[2] / "tools" / "quietly.sh"

# Writes its status as ninja does when it does not write to a terminal.
BUILD = """
build() {
  echo 'ninja: Entering directory'
  for step in 1 2 3; do echo "[$step/3] Building CXX object a.cpp.o"; sleep "$1"; done
  echo 'a.cpp:1: a warning'
  return "$2"
}
"""


def run(command, terminal=False, every="1"):
    """The exit status of `quietly building COMMAND` and what it wrote to stderr."""
    with tempfile.TemporaryDirectory() as root:
        script = f"set -euo pipefail; root={root}; source {QUIETLY}; {BUILD}\nquietly building {command}"
        environment = {**os.environ, "DEV_STEPS_EVERY": every}
        if not terminal:
            done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environment, timeout=60)
            return done.returncode, done.stderr
        ours, theirs = pty.openpty()
        with subprocess.Popen(["bash", "-c", script], stdin=theirs, stdout=theirs, stderr=theirs,
                              env=environment) as process:
            os.close(theirs)
            shown = b""
            try:
                while piece := os.read(ours, 4096):
                    shown += piece
            except OSError:  # Linux: nobody has the other end open any more
                pass
        os.close(ours)
        return process.returncode, shown.decode()


class QuietlyTest(unittest.TestCase):
    def test_a_log_gets_a_line_now_and_then_with_the_steps_done(self):
        status, shown = run("build 1.2 0")
        self.assertEqual(status, 0)
        self.assertRegex(shown, r"^dev: building: [12] of 3\n")
        self.assertIn("dev: building: 3 of 3\n", shown)
        self.assertRegex(shown, r"dev: building: done \(\d+ s\)\n$")
        self.assertNotIn("a warning", shown)
        self.assertNotIn("\r", shown)

    def test_on_a_terminal_the_line_is_rewritten_and_cleared_at_the_end(self):
        status, shown = run("build 1.2 0", terminal=True)
        self.assertEqual(status, 0)
        self.assertRegex(shown, r"^\r\x1b\[Kdev: building: [12] of 3")
        self.assertIn("\r\x1b[Kdev: building: 3 of 3", shown)
        self.assertRegex(shown, r"\r\x1b\[Kdev: building: done \(\d+ s\)\r\n$")

    def test_a_build_that_fails_is_shown_whole(self):
        status, shown = run("build 0 3", every="30")
        self.assertEqual(status, 3)
        self.assertIn("[1/3] Building CXX object a.cpp.o\n", shown)
        self.assertRegex(shown, "a.cpp:1: a warning\ndev: failed: building\n$")

    def test_a_command_that_is_no_build_has_no_steps(self):
        status, shown = run("sleep 2.5")
        self.assertEqual(status, 0)
        self.assertRegex(shown, r"^dev: building: done \(\d+ s\)\n$")

    def test_a_command_that_ends_at_once_is_not_waited_for(self):
        status, shown = run("true", every="30")
        self.assertEqual(status, 0)
        self.assertRegex(shown, r"done \(\d s\)")  # DEV_STEPS_EVERY is 30 s


if __name__ == "__main__":
    unittest.main()
