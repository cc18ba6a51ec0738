"""Reports can be made again from a result or a journal, and say the same."""

import json
from pathlib import Path

from harness import checks
from harness.case import BRISK, EndToEnd

LAB = "small"
TARGETS = ["several.example", "bücher.example", "gone.example", "hosted.example", "198.18.3.0/28", "2001:db8:50:2::3"]
REPORTS = ("json", "csv", "ndjson", "txt")
OUTPUTS = [word for ending in REPORTS for word in ("-o", f"again.{ending}")]


def without_times(result: dict) -> dict:
    """What must be the same for the same seed: all but when it was, and how long answers took."""
    def kept(value):
        if isinstance(value, dict):
            return {key: kept(inner) for key, inner in value.items() if key not in ("started", "finished", "scanned_at", "rtt_us")}
        return [kept(inner) for inner in value] if isinstance(value, list) else value
    return kept(result)


class Reports(EndToEnd):
    def assert_same_files(self, folder: Path):
        for ending in REPORTS:
            self.assertEqual((folder / f"again.{ending}").read_bytes(), (folder / f"result.{ending}").read_bytes(), ending)

    def test_a_result_gives_every_report_again_to_the_byte(self):
        folder = self.folder()
        survey = self.scan(*TARGETS, "-o", "result.ndjson", "-o", "result.txt", *BRISK, folder=folder)
        finished = self.run_it("report", "result.json", *OUTPUTS, folder=folder)
        self.assertEqual((finished.status, finished.stdout), (0, survey.stdout))
        self.assert_same_files(folder)
        self.assert_sent_nothing(finished)

    def test_a_journal_gives_every_report_to_the_byte(self):
        folder = self.folder()
        survey = self.scan(*TARGETS, "-o", "result.ndjson", "-o", "result.txt", "--journal", "run.log", *BRISK, folder=folder)
        finished = self.run_it("report", "run.log", *OUTPUTS, folder=folder)
        self.assertEqual((finished.status, finished.stdout), (0, survey.stdout))
        self.assert_same_files(folder)

    def test_a_journal_that_was_torn_gives_what_was_judged_before(self):
        folder = self.folder()
        self.scan(*TARGETS, "--journal", "run.log", *BRISK, folder=folder)
        whole = (folder / "run.log").read_bytes()
        self.write(folder, "torn.log", whole[:len(whole) * 2 // 3])
        result = self.report(folder / "torn.log")
        self.assertFalse(result["run"]["complete"])
        self.assertGreater(len(result["hosts"]), 0)

    def test_what_an_earlier_run_left_is_not_overwritten(self):
        folder = self.folder()
        self.write(folder, "result.json.journal", "all that is left")
        finished = self.start_scan("198.18.2.3", *BRISK, folder=folder).wait()
        self.assertEqual(finished.status, 0, finished.stderr)
        self.assertIn("result.json.journal is left from an earlier run", finished.stderr)
        self.assertEqual((folder / "result.json.journal").read_text(), "all that is left")
        self.assertEqual([path.name for path in folder.glob("*.journal")], ["result.json.journal"])

    def test_the_same_seed_gives_the_same_result_but_for_times(self):
        first, second = (without_times(self.scan(*TARGETS, *BRISK, seed=99).result) for _ in range(2))
        self.assertEqual(first, second)

    def test_another_seed_asks_other_ports_and_finds_the_same(self):
        first, second = (self.scan(*TARGETS, *BRISK, seed=seed) for seed in (1, 2))
        self.assertNotEqual(without_times(first.result)["hosts"], without_times(second.result)["hosts"])
        self.assertEqual(first.verdicts, second.verdicts)

    def test_the_schema_that_is_printed_is_the_one_that_is_shipped(self):
        finished = self.run_it("schema")
        self.assertEqual((finished.status, json.loads(finished.stdout)), (0, checks.SCHEMA))
