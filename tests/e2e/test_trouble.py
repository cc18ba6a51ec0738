"""Want of descriptors, closed ones and a stopped clock change no verdict, and the numbers add up."""

import re
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
        told = [int(n) for n in re.findall("out of file descriptors: going on with at most ([0-9]+) ", survey.stderr)]
        self.assertGreater(len(told), 0, survey.stderr)
        self.assertEqual(told, sorted(set(told), reverse=True), "only what is new is said")
        self.assert_all_judged(survey)

    def test_20_descriptors_are_enough_for_names_too(self):
        limited = ("sh", "-c", 'ulimit -n 20 && exec "$@"', "sh")
        survey = self.scan("exposed.example", "several.example", "gone.example", BLOCK, *LEAN, prefix=limited)
        self.assertEqual(survey.target("exposed.example")["addresses"], ["198.18.2.1"])
        self.assertEqual(survey.target("gone.example")["skipped"], "nxdomain")
        self.assertNotIn("out of file descriptors", survey.stderr)
        self.assert_all_judged(survey)

    def test_a_limit_too_low_to_begin_with_is_said_and_nothing_is_probed(self):
        for limit in (4, 6, 8, 11):
            with self.subTest(limit=limit):
                limited = ("sh", "-c", f'ulimit -n {limit} && exec "$@"', "sh")
                folder = self.folder()
                finished = self.run_it("scan", BLOCK, "-o", "result.json", prefix=limited, folder=folder)
                self.assertEqual(finished.status, 3, finished.stderr)
                self.assertRegex(finished.stderr, r"^edgesurvey: .* raise it \(ulimit -n 1024\)\n$")
                self.assertEqual(list(folder.iterdir()), [])
                self.assert_sent_nothing(finished)


class ClosedDescriptors(EndToEnd):
    """What is meant for people must not end up in a file that got a closed descriptor's number."""

    def closed(self, redirection: str) -> tuple[str, ...]:
        return ("sh", "-c", f'exec "$@" {redirection}', "sh")

    def test_without_a_standard_error_the_results_are_whole(self):
        folder = self.folder()
        survey = self.scan("198.18.2.1", "-v", *LEAN, prefix=self.closed("2>&-"), folder=folder)
        self.assertEqual(survey.verdicts, {"198.18.2.1": "cls-exposed"})

    def test_without_a_standard_output_the_summary_is_missed_and_the_journal_is_whole(self):
        folder = self.folder()
        finished = self.run_it("scan", "198.18.2.1", "--resolver", lab.RESOLVER, "--pace", "fast", *LEAN,
                               "-o", "result.json", prefix=self.closed(">&-"), folder=folder)
        self.assertEqual(finished.status, 4, finished.stderr)
        for name in ("result.json", "result.json.journal"):
            self.assertEqual(self.report(folder / name)["hosts"][0]["verdict"], "cls-exposed")

    def test_a_result_on_a_standard_output_that_is_closed_is_not_written(self):
        finished = self.run_it("scan", "198.18.2.1", "--pace", "fast", *LEAN, "-o", "-", prefix=self.closed(">&-"))
        self.assertEqual(finished.status, 4, finished.stderr)
        self.assertIn("Bad file descriptor", finished.stderr)


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
