from __future__ import annotations

import unittest

from benchmark.goals import goals


def survey(scanner: str, hosts: int, wall_s: float, right: int, ended: bool = True) -> dict:
    return {"scanner": scanner, "hosts": hosts, "wall_s": wall_s, "right": right, "ended": ended, "resident_mb": 20}


def found(*surveys: dict) -> dict:
    return {"throughput": {"ratio": 0.9, "user_us_more": 0.5}, "surveys": list(surveys), "large": {},
            "written": {"hosts": 250, "written_cpu_s": 0.01, "opened_cpu_s": 0.01}}


def met(*surveys: dict) -> list[bool]:
    return [goal.met for goal in goals(found(*surveys))][2:]


class GoalsTest(unittest.TestCase):
    def test_to_be_faster_is_not_enough_verdicts_must_be_right_more_often(self):
        self.assertEqual(met(survey("edgesurvey-fast", 250, 4, 250), survey("nmap-connect-tuned", 250, 22, 240)), [True, True])
        self.assertEqual(met(survey("edgesurvey-fast", 250, 4, 230), survey("nmap-connect-tuned", 250, 22, 240)), [False, True])
        self.assertEqual(met(survey("edgesurvey-fast", 250, 9, 250), survey("nmap-connect-tuned", 250, 22, 240)), [False, False])

    def test_a_peer_that_was_not_measured_or_did_not_end_is_no_goal_of_the_run(self):
        self.assertEqual(met(survey("edgesurvey-fast", 250, 4, 250)), [True])
        self.assertEqual(met(survey("edgesurvey-fast", 250, 4, 250),
                             survey("nmap-connect-tuned", 250, 600, 0, ended=False)), [True])

    def test_time_may_grow_with_the_hosts_and_hardly_more(self):
        few = survey("edgesurvey-fast", 2500, 25, 2500)
        self.assertEqual(met(few, survey("edgesurvey-fast", 25_000, 250, 25_000)), [True, True])
        self.assertEqual(met(few, survey("edgesurvey-fast", 25_000, 300, 25_000)), [False, True])
