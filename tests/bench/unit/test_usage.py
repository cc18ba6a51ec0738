from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

from benchmark.usage import Usage, measured, read, together, wrapped


class UsageTest(unittest.TestCase):
    def test_memory_is_the_commands_own_and_not_that_of_who_started_it(self):
        ballast = bytearray(64 << 20)
        for _ in range(20):  # some of which are looked at before they are the command
            self.assertLess(measured(["true"]).resident_mb, 32)
        self.assertLess(measured(["sleep", "0.1"]).resident_mb, 32)
        self.assertEqual(len(ballast), 64 << 20)

    def test_memory_of_a_command_behind_another_counts(self):
        hungry = "import time; held = bytearray(48 << 20); time.sleep(0.2)"
        self.assertGreater(measured(["timeout", "9", sys.executable, "-c", hungry]).resident_mb, 48)

    def test_a_wrapped_command_keeps_its_output_and_status_and_leaves_its_usage(self):
        with tempfile.TemporaryDirectory() as folder:
            into, output = Path(folder) / "usage", Path(folder) / "output"
            self.assertEqual(measured(wrapped(["sh", "-c", "echo said; exit 3"], str(into)), output).status, 3)
            self.assertEqual(output.read_text(), "said\n")
            self.assertEqual(read(into).status, 3)

    def test_a_command_that_does_not_exist_is_seen(self):
        self.assertEqual(measured(["no-such-program-of-ours"]).status, 127)

    def test_of_processes_side_by_side_the_longest_time_counts_and_the_rest_adds_up(self):
        both = together([Usage(2, 1, 1, 10, 0), Usage(3, 1, 2, 20, 0)])
        self.assertEqual((both.wall_s, both.cpu_s, both.resident_mb), (3, 5, 30))

