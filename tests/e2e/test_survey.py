"""A survey of 250 organisations comes out as that of 2015 did."""

import json
import time
from pathlib import Path

from harness import lab
from harness.case import EndToEnd

LAB = "survey-2015"


class TheSurvey(EndToEnd):
    def test_a_quarter_is_exposed_and_no_verdict_is_wrong(self):
        began = time.monotonic()
        survey = self.scan("-t", lab.TARGETS)
        print(f"250 hosts at --pace fast: {time.monotonic() - began:.1f} s")  # told, not judged: machines differ
        truth = json.loads(Path(lab.TRUTH).read_text())
        self.assertEqual(lab.compare.compare(survey.result, truth), [])
        exposed = survey.result["summary"]["verdicts"]["cls-exposed"]
        self.assertEqual(exposed, {"count": 63, "share": 0.252, "ci95": [0.199411, 0.310573]})
        self.assertIn("63 of 250 addresses (25.2 %, 95 % CI 19.9-31.1) expose CLS ports", survey.stdout)
        self.assertTrue(survey.result["run"]["complete"])
