"""Every case of the design gets its verdict, over IPv4 and IPv6."""

import json
from pathlib import Path

from harness import lab
from harness.case import EndToEnd

LAB = "cases"


class EveryCase(EndToEnd):
    """One scan: the lab's relay ports vanish once, and its IPS remembers."""

    def test_every_case_and_every_name_is_judged_as_the_ground_truth_says(self):
        survey = self.scan("-t", lab.TARGETS, status=3)  # 3: some of the names cannot be resolved
        truth = json.loads(Path(lab.TRUTH).read_text())
        self.assertEqual(lab.compare.compare(survey.result, truth), [])
        self.assertFalse(survey.result["run"]["complete"])
