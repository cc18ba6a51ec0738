"""Want of descriptors and a stopped clock change no verdict, and the numbers add up."""

import resource
import signal
import threading

from harness import lab
from harness.case import BRISK, EndToEnd

LAB = "small"
BLOCK = "198.18.3.0/28"
LEAN = ("--sample", "8", *BRISK)
VERDICTS = ["cls-exposed", "closed", "inconclusive", "media-range-open"] * 4


class Descriptors(EndToEnd):
    def assert_all_judged(self, survey):
        self.assertEqual([survey.verdicts[f"198.18.3.{n}"] for n in range(16)], VERDICTS)
        self.assertEqual(survey.result["summary"]["probes"]["unknown"], 0)

    def test_64_descriptors_are_enough(self):
        limited = ("sh", "-c", 'ulimit -n 64 && exec "$@"', "sh")
        self.assert_all_judged(self.scan(BLOCK, *LEAN, prefix=limited))

    def test_a_limit_that_falls_during_the_scan_slows_it_down_and_no_more(self):
        folder = self.folder()
        running = self.start_scan(BLOCK, *LEAN, folder=folder)
        lab.wait_for_syns(50)
        resource.prlimit(running.process.pid, resource.RLIMIT_NOFILE, (30, 30))
        survey = self.finish(running, folder, status=0)
        self.assertIn("out of file descriptors: going on with at most", survey.stderr)
        self.assert_all_judged(survey)

    def test_a_limit_too_low_to_begin_with_is_said_and_nothing_is_probed(self):
        limited = ("sh", "-c", 'ulimit -n 4 && exec "$@"', "sh")
        finished = self.run_it("scan", BLOCK, prefix=limited)
        self.assertIn(finished.status, (3, 4), finished.stderr)
        self.assertIn("Too many open files", finished.stderr)
        self.assert_sent_nothing(finished)


class Clock(EndToEnd):
    def test_time_that_was_missed_is_never_repaid(self):
        """The pace is checked as after every scan, over a second in which the program could not run."""
        folder = self.folder()
        running = self.start_scan("198.18.2.0/28", "--rate", "200", "--host-rate", "20", *LEAN, folder=folder)
        lab.wait_for_syns(50)
        running.process.send_signal(signal.SIGSTOP)
        threading.Event().wait(1)
        running.process.send_signal(signal.SIGCONT)
        survey = self.finish(running, folder, status=0)
        self.assertEqual(survey.verdicts["198.18.2.1"], "cls-exposed")
