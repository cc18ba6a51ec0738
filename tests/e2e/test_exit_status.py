"""Every exit status means what the help says."""

import os
import subprocess

from harness import lab
from harness.case import BRISK, EndToEnd

LAB = "small"


class Done(EndToEnd):
    def test_0_when_every_target_was_judged_whatever_was_found(self):
        self.scan("exposed.example", "closed.example", *BRISK, status=0)

    def test_0_with_a_warning_when_nothing_was_probed(self):
        survey = self.scan("gone.example", "198.18.2.1", "--exclude", "198.18.2.1", status=0)
        self.assertIn("no address was probed: 2 targets were skipped", survey.stderr)

    def test_0_for_help_and_version_on_standard_output(self):
        for word in ("--help", "help", "--version", "-V"):
            finished = self.run_it(word)
            self.assertEqual((finished.status, finished.stderr), (0, ""))
            self.assertIn("edgesurvey", finished.stdout)


class Unwanted(EndToEnd):
    def test_1_when_a_verdict_of_fail_on_was_found(self):
        self.scan("closed.example", "exposed.example", "--fail-on", "cls-exposed,media-range-open", *BRISK, status=1)

    def test_0_when_no_verdict_of_fail_on_was_found(self):
        self.scan("closed.example", "passes.example", "--fail-on", "cls-exposed", *BRISK, status=0)


class Usage(EndToEnd):
    def assert_refused(self, finished, *says):
        self.assertEqual(finished.status, 2, finished.stderr)
        self.assertEqual(finished.stdout, "")
        for text in says:
            self.assertIn(text, finished.stderr)
        self.assert_sent_nothing(finished)

    def test_2_for_command_lines_that_make_no_sense(self):
        for words in ([], ["scan"], ["sacn", "closed.example"], ["scan", "closed.example", "--no-such-option"],
                      ["scan", "closed.example", "--sample", "0"], ["scan", "closed.example", "--timeout", "soon"],
                      ["scan", "closed.example", "--resolver", "dns.example"], ["scan", "closed.example", "-4", "-6"],
                      ["scan", "closed.example", "--fail-on", "clsexposed"], ["scan", "closed.example", "-o", "out.exe"],
                      ["scan", "closed.example", "--pace", "warp"], ["scan", "closed.example", "--resolve"]):
            with self.subTest(words):
                self.assert_refused(self.run_it(*words))

    def test_2_and_every_bad_line_of_every_input_is_shown_with_its_place(self):
        folder = self.folder()
        self.write(folder, "a.txt", "closed.example\n  256.1.1.1\nexposed.example org\nexposed.example\n224.0.0.1\n")
        self.write(folder, "b.txt", "198.18.3.9-3\n\n  # a comment\nbad_name..example\n")
        self.write(folder, "scope.txt", "198.18.2.0/99\n")
        self.write(folder, "not.txt", "closed.example\n*bad*\n")
        finished = self.run_it("scan", "closed.example", "0.0.0.0", "-t", "a.txt", "-t", "b.txt", "--scope", "scope.txt",
                               "--exclude-file", "not.txt", "--exclude", "1.2.3", folder=folder)
        self.assert_refused(finished)
        places = [line.split(": ")[0] for line in finished.stderr.splitlines()]
        self.assertEqual(places, ["argument:2:1", "a.txt:2:3", "a.txt:3:17", "a.txt:5:1", "b.txt:1:1", "b.txt:4:1",
                                  "scope.txt:1:1", "not.txt:2:1", "--exclude:1:1", "edgesurvey"])
        self.assertIn("nothing was probed", finished.stderr)

    def test_2_for_inputs_that_cannot_be_read_or_are_empty(self):
        folder = self.folder()
        self.write(folder, "empty.txt", "# none\n")
        self.assert_refused(self.run_it("scan", "-t", "gone.txt", folder=folder), "gone.txt: No such file or directory")
        self.assert_refused(self.run_it("scan", "-t", ".", folder=folder), "Is a directory")
        self.assert_refused(self.run_it("scan", "-t", "empty.txt", folder=folder), "no targets")
        self.assert_refused(self.run_it("report", "gone.json", folder=folder), "gone.json")

    def test_2_for_a_list_that_expands_beyond_what_is_allowed(self):
        self.assert_refused(self.run_it("scan", "198.18.0.0/16", "--max-targets", "65535"), "65536", "--max-targets")
        self.assert_refused(self.run_it("scan", "2001:db8:50::/48"), "--max-targets")

    def test_2_for_a_result_that_is_no_result(self):
        folder = self.folder()
        self.write(folder, "odd.json", '{"schema": "nmap/7"}\n')
        self.assert_refused(self.run_it("report", "odd.json", folder=folder), "odd.json")


class Incomplete(EndToEnd):
    def test_3_when_the_resolver_is_dead(self):
        survey = self.scan("exposed.example", "closed.example", "198.18.2.3", "--dns-timeout", "200ms", *BRISK,
                           resolver=lab.DEAD_RESOLVER, status=3)
        self.assertEqual(survey.target("exposed.example")["skipped"], "dns-timeout")
        self.assertEqual(survey.verdicts, {"198.18.2.3": "closed"})
        self.assertFalse(survey.result["run"]["complete"])

    def test_3_when_there_is_no_way_to_an_address(self):
        subprocess.run(["ip", "-6", "route", "add", "unreachable", "2001:db8:50:2::/64"], check=True)
        self.addCleanup(subprocess.run, ["ip", "-6", "route", "del", "unreachable", "2001:db8:50:2::/64"], check=True)
        survey = self.scan("closed.example", "2001:db8:50:2::3", *BRISK, status=3, on_wire=False)
        self.assertEqual(survey.verdicts, {"198.18.2.3": "closed", "2001:db8:50:2::3": "inconclusive"})
        self.assertEqual(survey.host("2001:db8:50:2::3")["reason"], "local-error")
        self.assertEqual(survey.result["summary"]["probes"]["unknown"], 74 - 32)  # half of the sample is enough


class NotWritten(EndToEnd):
    def test_4_before_anything_is_probed_when_a_result_could_not_be_written(self):
        folder = self.folder()
        (folder / "folder.json").mkdir()
        for path in ("missing/result.json", "folder.json", "/proc/result.json"):
            with self.subTest(path):
                finished = self.run_it("scan", "closed.example", "-o", "good.csv", "-o", path, folder=folder)
                self.assertEqual(finished.status, 4, finished.stderr)
                self.assertIn(path, finished.stderr)
                self.assert_sent_nothing(finished)
                self.assertEqual(os.listdir(folder), ["folder.json"])

    def test_4_when_one_result_fails_at_the_end_and_the_others_are_written(self):
        folder = self.folder()
        (folder / "full.json").symlink_to("/dev/full")
        finished = self.run_it("scan", "198.18.2.3", "--pace", "fast", *BRISK, "-o", "full.json", "-o", "good.csv", folder=folder)
        self.assertEqual(finished.status, 4, finished.stderr)
        self.assertIn("full.json", finished.stderr)
        self.assertIn("198.18.2.3,198.18.2.3,closed", (folder / "good.csv").read_text())
        again = self.run_it("report", "good.csv.journal", "-o", "-.csv", "-q", folder=folder)
        self.assertEqual((again.status, again.stdout), (0, (folder / "good.csv").read_text()))

    def test_4_when_the_disk_fills_up_during_the_run_and_what_was_judged_is_kept(self):
        small = self.folder() / "small"
        small.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], check=True)
        self.addCleanup(subprocess.run, ["umount", small], check=True)
        finished = self.run_it("scan", "198.18.3.0/25", "--pace", "fast", *BRISK, "-o", "result.json", folder=small)
        self.assertEqual(finished.status, 4, finished.stderr)
        self.assertIn("No space left on device", finished.stderr)
        self.assertEqual(os.listdir(small), ["result.json.journal"])
        again = self.report(small / "result.json.journal")
        self.assertFalse(again["run"]["complete"])
        self.assertGreater(again["summary"]["addresses"], 5)

    def test_4_and_a_word_when_help_or_a_schema_cannot_be_written(self):
        for words in (["--help"], ["help", "report"], ["--version"], ["schema"], ["schema", "diff"]):
            finished = self.run_it(*words, prefix=("sh", "-c", 'exec "$@" >/dev/full', "sh"))
            self.assertEqual((finished.status, finished.stderr),
                             (4, "edgesurvey: could not write to the standard output\n"), words)

    def test_4_when_the_summary_cannot_be_written(self):
        finished = self.run_it("scan", "198.18.2.3", "--pace", "fast", *BRISK,
                               prefix=("sh", "-c", 'exec "$@" >/dev/full', "sh"))
        self.assertEqual(finished.status, 4, finished.stderr)
        self.assertIn("standard output", finished.stderr)
