"""An interrupted survey tells what it knows, and its numbers add up."""

import signal
import time

from harness import lab
from harness.case import BRISK, EndToEnd

LAB = "small"
BLOCK = "198.18.3.0/24"


class Interrupt(EndToEnd):
    def interrupted(self, *words: str, syns: int = 300, **how):
        folder = self.folder()
        running = self.start_scan(*words, folder=folder, **how)
        lab.wait_for_syns(syns)
        running.interrupt()
        return self.finish(running, folder, status=130)

    def assert_partial(self, survey):
        probes = survey.result["summary"]["probes"]
        self.assertFalse(survey.result["run"]["complete"])
        self.assertGreater(probes["not_run"], 0)
        self.assertGreater(probes["open"] + probes["closed"], 0)
        self.assertIn("interrupted", survey.stderr)

    def test_partial_reports_are_written_and_say_so(self):
        survey = self.interrupted(BLOCK)
        self.assert_partial(survey)
        self.assertEqual(survey.rows[0]["target"], BLOCK)
        cut_short = [host for host in survey.result["hosts"] if host["reason"] == "interrupted"]
        self.assertGreater(len(cut_short), 0)
        self.assertTrue(all(host["verdict"] == "inconclusive" for host in cut_short))

    def test_targets_that_were_never_begun_are_skipped_as_interrupted(self):
        folder = self.folder()
        running = self.start_scan("silent.example", "198.18.2.1", "--dns-timeout", "10s", folder=folder)
        lab.wait_for_syns(10)
        running.interrupt()
        survey = self.finish(running, folder, status=130)
        self.assertEqual(survey.target("silent.example")["skipped"], "interrupted")

    def test_exposures_seen_before_the_interruption_still_count(self):
        survey = self.interrupted("198.18.2.1", "--host-rate", "20", syns=12)
        self.assert_partial(survey)
        self.assertEqual(survey.verdicts, {"198.18.2.1": "cls-exposed"})

    def test_no_syn_leaves_after_the_interruption_was_acknowledged(self):
        folder = self.folder()
        running = self.start_scan(BLOCK, folder=folder)
        lab.wait_for_syns(300)
        running.interrupt()
        while "interrupted" not in running.said():
            time.sleep(0.005)
        at_word = lab.counted()["total"]["syns"]
        survey = self.finish(running, folder, status=130)
        self.assertEqual(survey.seen["total"]["syns"], at_word)

    def test_a_second_interruption_leaves_at_once_and_the_journal_keeps_what_was_judged(self):
        folder = self.folder()
        running = self.start_scan("198.18.3.0/25", "--timeout", "950ms", folder=folder)
        lab.wait_for_syns(2000)
        running.interrupt()
        while "interrupted" not in running.said():
            time.sleep(0.001)
        running.interrupt()
        finished = running.wait()
        self.assertEqual(finished.status, 130)
        self.assertEqual([path.name for path in folder.iterdir() if path.suffix in (".json", ".csv")], [])
        self.assertFalse(self.report(folder / "result.json.journal")["run"]["complete"])

    def test_being_asked_to_terminate_is_an_interruption_too(self):
        folder = self.folder()
        running = self.start_scan(BLOCK, folder=folder)
        lab.wait_for_syns(300)
        running.process.terminate()
        self.assert_partial(self.finish(running, folder, status=130))

    def test_losing_the_terminal_is_an_interruption_too(self):
        folder = self.folder()
        running = self.start_scan(BLOCK, folder=folder)
        lab.wait_for_syns(300)
        running.process.send_signal(signal.SIGHUP)
        running.process.send_signal(signal.SIGHUP)
        self.assert_partial(self.finish(running, folder, status=130))

    def test_after_being_killed_the_journal_keeps_what_was_judged(self):
        folder = self.folder()
        running = self.start_scan("198.18.3.0/25", "--rate", "2000", *BRISK, folder=folder)
        journal = folder / "result.json.journal"
        while not journal.exists() or journal.read_bytes().count(b"\n") < 20:
            time.sleep(0.01)
        running.process.kill()
        self.assertEqual(running.wait().status, -signal.SIGKILL)
        self.assertEqual([path.name for path in folder.iterdir()], [journal.name])
        result = self.report(journal)
        self.assertFalse(result["run"]["complete"])
        self.assertGreater(len(result["hosts"]), 10)
