from __future__ import annotations

import contextlib
import io
import unittest

from benchmark.check import compare


def faults(counted: dict[str, int], expected: dict[str, int]) -> list[str]:
    with contextlib.redirect_stdout(io.StringIO()):
        return compare(counted, expected)


class CheckTest(unittest.TestCase):
    def test_what_the_compiler_may_change_is_no_fault_and_more_is(self):
        self.assertEqual(faults({"pacer": 120}, {"pacer": 100}), [])
        self.assertEqual(faults({"pacer": 50}, {"pacer": 100}), [])
        self.assertEqual(len(faults({"pacer": 131}, {"pacer": 100})), 1)

    def test_a_path_that_is_new_or_gone_must_be_approved(self):
        self.assertEqual(len(faults({"new": 1}, {"gone": 1})), 2)
