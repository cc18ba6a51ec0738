"""A history keeps every run once, and shows the trend of the survey and the timeline of a host."""

import json
import sqlite3
import subprocess

from harness import checks, lab
from harness.case import BRISK, EndToEnd
from harness.survey import BINARY, PATIENCE_S, read_back
from harness.terminal import COLOUR, run_on_terminal

LAB = "small"
TARGETS = ["several.example", "exposed.example", "closed.example"]
LEAN = ("--sample", "8", *BRISK)
# A file system of its own, gone with the command. $0 is where.
SMALL_DISK = ("unshare", "-m", "sh", "-c", 'mount -t tmpfs -o size=20k tmpfs "$0" && exec "$@"')
READ_ONLY = ("unshare", "-m", "sh", "-c", 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"')


def rows(path, sql):
    with sqlite3.connect(path) as database:
        return database.execute(sql).fetchall()


class Kept(EndToEnd):
    def test_a_scan_is_added_with_what_its_result_says(self):
        folder = self.folder()
        survey = self.scan(*TARGETS, "--history", "h.db", "--vantage", "here", *LEAN, folder=folder)
        run = rows(folder / "h.db", "SELECT seed, vantage, complete, targets, cls_exposed, closed FROM runs")
        counts = {name: verdict["count"] for name, verdict in survey.result["summary"]["verdicts"].items()}
        self.assertEqual(run, [(1, "here", 1, 3, counts["cls-exposed"], counts["closed"])])
        hosts = rows(folder / "h.db", "SELECT address, verdict, reason, confidence, names FROM hosts")
        self.assertCountEqual([(*host[:4], json.loads(host[4])) for host in hosts],
                              [(h["address"], h["verdict"], h["reason"], h["confidence"], h["names"])
                               for h in survey.result["hosts"]])
        self.assertEqual(sorted(p.name for p in folder.iterdir()), ["h.db", "result.csv", "result.json"])

    def test_the_result_of_a_run_that_is_kept_changes_nothing_and_another_is_taken_in(self):
        folder = self.folder()
        self.scan(*TARGETS, "--history", "h.db", *LEAN, folder=folder)
        before = (folder / "h.db").read_bytes()
        again = self.run_it("report", "result.json", "--history", "h.db", folder=folder)
        self.assertEqual(again.status, 0, again.stderr)
        self.assertIn("h.db has this run already", again.stderr)
        self.assertEqual((folder / "h.db").read_bytes(), before)
        self.scan(*TARGETS, *LEAN, folder=folder, seed=2)
        self.assertEqual(self.run_it("report", "result.json", "--history", "h.db", folder=folder).status, 0)
        self.assertEqual(rows(folder / "h.db", "SELECT seed FROM runs ORDER BY seed"), [(1,), (2,)])

    def test_writers_at_once_all_land(self):
        folder = self.folder()
        self.scan(*TARGETS, *LEAN, folder=folder)
        result = json.loads((folder / "result.json").read_text())
        for seed in range(12):
            result["run"]["seed"] = seed
            self.write(folder, f"{seed}.json", json.dumps(result))
        writers = [subprocess.Popen([BINARY, "report", f"{seed}.json", "-q", "-o", f"{seed}.txt", "--history", "h.db"],
                                    cwd=folder, stderr=subprocess.PIPE, text=True) for seed in range(12)]
        ended = [(writer.communicate(timeout=PATIENCE_S)[1], writer.returncode) for writer in writers]
        self.assertEqual(ended, [("", 0)] * 12)
        self.assertEqual(rows(folder / "h.db", "SELECT count(*), count(DISTINCT seed) FROM runs"), [(12, 12)])
        self.assertEqual(rows(folder / "h.db", "PRAGMA integrity_check"), [("ok",)])

    def test_an_interrupted_run_is_kept_as_incomplete(self):
        folder = self.folder()
        running = self.start_scan("198.18.3.0/28", "--history", "h.db", "--host-rate", "5", *LEAN, folder=folder)
        lab.wait_for_syns(20)
        running.interrupt()
        self.finish(running, folder, status=130)
        self.assertEqual(rows(folder / "h.db", "SELECT complete FROM runs"), [(0,)])


class Refused(EndToEnd):
    def test_a_file_that_is_not_ours_is_refused_before_anything_is_probed_and_stays_as_it_is(self):
        folder = self.folder()
        self.write(folder, "notes.txt", "not a database\n")
        with sqlite3.connect(folder / "theirs.db") as database:
            database.execute("CREATE TABLE runs (id INTEGER)")
        with sqlite3.connect(folder / "newer.db") as database:
            database.execute(f"PRAGMA application_id = {0x45645376}")
            database.execute("PRAGMA user_version = 1000")
            database.execute("CREATE TABLE future (x)")
        (folder / "folder.db").mkdir()
        for name, says in (("notes.txt", "not a history"), ("theirs.db", "not a history of edgesurvey"),
                           ("newer.db", "version 1000"), ("folder.db", "Is a directory")):
            with self.subTest(name):
                before = (folder / name).read_bytes() if (folder / name).is_file() else None
                finished = self.run_it("scan", "closed.example", "--history", name, "-o", "a.json", folder=folder)
                self.assertEqual(finished.status, 2, finished.stderr)
                self.assertIn(says, finished.stderr)
                self.assertIn(name, finished.stderr)
                self.assert_sent_nothing(finished)
                self.assertFalse((folder / "a.json").exists())
                self.assertEqual((folder / name).read_bytes() if before is not None else None, before)
                self.assertEqual(self.run_it("history", "--history", name, folder=folder).status, 2)

    def test_a_dry_run_makes_no_history(self):
        folder = self.folder()
        self.assertEqual(self.run_it("scan", "closed.example", "--history", "h.db", "--dry-run", folder=folder).status, 0)
        self.assertEqual(list(folder.iterdir()), [])


class NotWritten(EndToEnd):
    def assert_results_without_history(self, prefix, says):
        folder = self.folder()
        place = folder / "place"
        place.mkdir()
        running = self.start_scan("closed.example", "--history", "place/h.db", *LEAN, folder=folder,
                                  prefix=(*prefix, str(place)))
        survey = read_back(running.wait(), folder)
        self.assertEqual(survey.status, 4, survey.stderr)
        self.assertRegex(survey.stderr, f"could not write 'place/h.db': {says}")
        self.assertEqual(survey.verdicts, {"198.18.2.3": "closed"})
        checks.check(survey)
        # The journal stays until all is written, the history too.
        again = self.run_it("report", "result.json.journal", "-q", "-o", "again.json", "--history", "place/h.db", folder=folder)
        self.assertEqual(again.status, 0, again.stderr)

    def test_4_and_the_results_are_written_when_the_disk_is_full(self):
        self.assert_results_without_history(SMALL_DISK, "No space left on device")

    def test_4_and_the_results_are_written_when_the_disk_is_read_only(self):
        self.assert_results_without_history(READ_ONLY, "(Read-only file system|it is read-only)")


class Shown(EndToEnd):

    def history(self):
        """Three runs: two of everything, then one in which exposed.example is not among the targets."""
        folder = self.folder()
        for seed, targets in ((1, TARGETS), (2, TARGETS), (3, ["several.example", "closed.example"])):
            survey = self.scan(*targets, "--history", "h.db", "-o", "result.html", *LEAN, folder=folder, seed=seed)
        return folder, survey

    def test_the_trend_a_host_and_a_name_as_text_as_json_and_in_the_page(self):
        folder, survey = self.history()
        trend = self.run_it("history", "--history", "h.db", folder=folder)
        self.assertEqual((trend.status, trend.stderr), (0, ""))
        self.assertTrue(trend.stdout.startswith("3 runs from "), trend.stdout)
        self.assert_sent_nothing(trend)
        host = self.run_it("history", "EXPOSED.example", folder=folder, EDGESURVEY_HISTORY="h.db")
        self.assertRegex(host.stdout, r"(?s)^198\.18\.2\.1  .*exposed\.example\n.* 2 runs +cls-exposed \(.* 1 run +not judged by this name\n$")
        by_address = self.run_it("history", "198.18.2.1", folder=folder, EDGESURVEY_HISTORY="h.db")
        self.assertRegex(by_address.stdout, r" 3 runs +cls-exposed \(")  # several.example leads there, too
        several = self.run_it("history", "several.example", "--history", "h.db", "-o", "-", folder=folder)
        answer = json.loads(several.stdout)
        self.assertEqual({h["address"] for h in answer["hosts"]}, set(survey.target("several.example")["addresses"]))
        self.assertEqual([run["seed"] for run in answer["runs"]], [1, 2, 3])
        page = (folder / "result.html").read_text()
        self.assertIn('<section id="trend"', page)
        self.assertIn("All 3 runs", page)
        nobody = self.run_it("history", "\x1b[2Jgone.example", "--history", "h.db", folder=folder)
        self.assertEqual(nobody.status, 2)
        self.assertIn(r"\x1b[2Jgone.example", nobody.stderr)
        odd = self.run_it("history", "--history", "h.db", "-o", "h.csv", folder=folder)
        self.assertEqual(odd.status, 2)
        drawn, _ = run_on_terminal(["history", "--history", "h.db"], folder)
        self.assertEqual(COLOUR.sub("", drawn).replace("\r\n", "\n"), trend.stdout)
        self.assertNotEqual(drawn.replace("\r\n", "\n"), trend.stdout)
        plain, _ = run_on_terminal(["history", "--history", "h.db"], folder, NO_COLOR="1")
        self.assertEqual(plain.replace("\r\n", "\n"), trend.stdout)
