"""The computed truth, against the design's tables as a person reads them."""

import unittest

from edgelab.cases import CASES, ICMP
from edgelab.truth import judge

EXPOSED, OPEN, CLOSED, UNCLEAR = "cls-exposed", "media-range-open", "closed", "inconclusive"

DESIGN = {
    "A": (EXPOSED, "cls-ports-open"),
    "A-no-agent": (CLOSED, "range-silent"),
    "B": (EXPOSED, "cls-ports-open"),
    "B-no-agent": (OPEN, "range-answers"),
    "B-icmp-outside": (OPEN, "range-answers"),
    "C": (CLOSED, "range-silent"),
    "C-icmp-outside": (CLOSED, "range-silent"),
    "D-rst": (UNCLEAR, "answers-everywhere"),
    "D-range-only": (CLOSED, "range-rejected"),
    "D-host-icmp": (CLOSED, "range-rejected"),
    **{f"D-{kind}": (CLOSED, "range-rejected") for kind in ICMP},
    "E": (EXPOSED, "cls-ports-open"),
    "E-no-agent": (UNCLEAR, "answers-everywhere"),
    "F-tarpit": (UNCLEAR, "accepts-everything"),
    "F-syn-proxy": (UNCLEAR, "accepts-everything"),
    "F-syn-proxy-agent": (UNCLEAR, "accepts-everything"),
    "G": (CLOSED, "range-silent"),
    "G-loud": (OPEN, "range-answers"),
    "cls-two": (EXPOSED, "some-cls-ports-open"),
    "cls-one": (EXPOSED, "some-cls-ports-open"),
    "agent-speaks": (EXPOSED, "cls-ports-open"),
    "agent-closes": (EXPOSED, "cls-ports-open"),
    "agent-resets": (EXPOSED, "cls-ports-open"),
    "partial-one": (OPEN, "range-answers"),
    "partial-several": (OPEN, "range-answers"),
    "partial-agent": (EXPOSED, "cls-ports-open"),
    "relay-busy": (OPEN, "relay-port-open"),
    "relay-busy-agent": (EXPOSED, "cls-ports-open"),
    "relay-vanishes": (OPEN, "relay-port-open"),
    "relay-coturn": (OPEN, "relay-port-open"),
    "ips": (UNCLEAR, "blocked-during-scan"),
    "ips-agent": (EXPOSED, "cls-ports-open"),
    "dead": (UNCLEAR, "no-answer"),
    "bare-range": (OPEN, "range-answers"),
    "bare-agent": (EXPOSED, "cls-ports-open"),
    "only-443": (CLOSED, "range-silent"),
    "only-5061": (CLOSED, "range-silent"),
}


class TruthTest(unittest.TestCase):
    def test_every_case_has_the_verdict_of_the_design(self):
        self.assertEqual(set(CASES), set(DESIGN))
        for name, (verdict, reason) in DESIGN.items():
            with self.subTest(case=name):
                found, reasons = judge(CASES[name])
                self.assertEqual(found, verdict)
                self.assertIn(reason, reasons)

    def test_only_a_host_behind_an_ips_may_be_given_more_than_one_reason(self):
        several = {name for name, case in CASES.items() if len(judge(case)[1]) > 1}
        self.assertEqual(several, {"ips-agent"})


if __name__ == "__main__":
    unittest.main()
