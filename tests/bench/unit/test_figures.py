from __future__ import annotations

import unittest

from benchmark import figures

STRACE = """% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 27.32    0.240025          11     20224     20224 connect
 16.61    0.145924           7     20255           close
  0.00    0.000000           0         1           epoll_create1
------ ----------- ----------- --------- --------- ----------------
100.00    0.878420           5    142000     60600 total
"""

DUMP = """# callgrind format
version: 1
creator: callgrind-3.19.0
desc: Trigger: Client Request: JSON host
events: Ir
summary: 133633751

totals: 133633751
"""


def rounds(*pairs: tuple[float, float]) -> list[dict]:
    return [{loop: {"probes_per_s": rate, "user_us_per_probe": 1e6 / rate / 10, "system_us_per_probe": 1.0}
             for loop, rate in (("bare", bare), ("engine", engine))} for bare, engine in pairs]


class FiguresTest(unittest.TestCase):
    def test_a_ratio_is_of_one_round_and_the_median_of_all(self):
        found = figures.throughput(rounds((100_000, 90_000), (50_000, 45_000), (100_000, 20_000)))
        self.assertAlmostEqual(found["ratio"], 0.9)
        self.assertEqual(found["bare"]["probes_per_s"], 100_000)
        self.assertEqual(found["rounds"], 3)

    def test_system_calls_are_read_with_and_without_errors_and_the_total_is_none(self):
        self.assertEqual(figures.system_calls(STRACE), {"connect": 20224, "close": 20255, "epoll_create1": 1})

    def test_a_hot_path_repeated_has_its_median_and_no_aggregate_counts(self):
        output = {"benchmarks": [{"name": "pacer", "run_type": "iteration", "items_per_second": rate}
                                 for rate in (1e8, 2e8, 4e8)]
                  + [{"name": "pacer_mean", "run_type": "aggregate", "items_per_second": 1}]}
        self.assertEqual(figures.hot_paths(output), {"pacer": 5.0})

    def test_a_survey_is_full_when_it_takes_what_its_pace_or_its_slowest_host_takes(self):
        self.assertEqual(figures.fullness(20, 200_000, 10_000, 12), 1)
        self.assertEqual(figures.fullness(24, 10_000, 10_000, 12), 2)

    def test_growth_is_of_the_seconds_a_host(self):
        self.assertEqual(figures.growth({250: 10, 2500: 100, 25_000: 1250}), {2500: 1, 25_000: 1.25})

    def test_instructions_are_those_of_the_mark(self):
        self.assertEqual(figures.instructions(DUMP), ("JSON host", 133633751))
        self.assertIsNone(figures.instructions("events: Ir\ntotals: 7\n"))
