import unittest

from edgelab.compare import compare, summary

TRUTH = {
    "hosts": [{"address": "198.18.0.1", "case": "A", "verdict": "cls-exposed", "reasons": ["cls-ports-open"]}],
    "targets": [{"target": "a.example", "addresses": ["198.18.0.1"]}],
    "skipped": [{"target": "gone.example", "reason": "nxdomain"}],
}


def result(verdict="cls-exposed", reason="cls-ports-open", address="198.18.0.1", skipped="nxdomain"):
    return {"hosts": [{"address": address, "verdict": verdict, "reason": reason}],
            "targets": [{"name": "a.example", "addresses": [address]},
                        {"name": "gone.example", "addresses": [], "skipped": skipped}]}


class CompareTest(unittest.TestCase):
    def found(self, **changes):
        return [(wrong.what, wrong.found) for wrong in compare(result(**changes), TRUTH)]

    def test_the_right_verdicts_are_right(self):
        self.assertEqual(self.found(), [])

    def test_a_wrong_verdict_is_wrong(self):
        self.assertEqual(self.found(verdict="closed", reason="range-silent"), [("198.18.0.1", "closed (range-silent)")])

    def test_the_right_verdict_for_a_wrong_reason_is_wrong(self):
        self.assertEqual(self.found(reason="some-cls-ports-open"), [("198.18.0.1", "cls-exposed (some-cls-ports-open)")])

    def test_a_host_that_is_missing_and_one_that_is_not_there_are_both_wrong(self):
        self.assertEqual(self.found(address="198.18.0.2"), [
            ("198.18.0.1", "missing from the result"), ("198.18.0.2", "cls-exposed"), ("a.example", "198.18.0.2")])

    def test_a_target_skipped_for_another_reason_is_wrong(self):
        self.assertEqual(self.found(skipped="dns-timeout"), [("gone.example", "skipped (dns-timeout)")])

    def test_a_target_that_should_have_been_skipped_is_wrong(self):
        self.assertEqual(self.found(skipped=None), [("gone.example", "not skipped")])

    def test_the_summary_sets_truth_against_finding(self):
        self.assertEqual([line.split() for line in summary(result(verdict="closed"), TRUTH)],
                         [["truth", "closed"], ["cls-exposed", "1"]])


if __name__ == "__main__":
    unittest.main()
