"""What changed between two surveys is told, and a pipeline stops at what got worse."""

import json
from pathlib import Path

import jsonschema

from harness.case import BRISK, EndToEnd

LAB = "small"
SCHEMA = json.loads((Path(__file__).parents[2] / "reports/schema/edgesurvey-diff-1.schema.json").read_text())
AS_NOW = "result.json"


def without_exposure(host: dict) -> dict:
    """An exposed host as an earlier survey could have had it: with nothing in the range answering."""
    return host | {"verdict": "closed", "reason": "range-silent", "reasons": ["range-silent"],
                   "cls": host["cls"] | {"open": []}}


class DiffCase(EndToEnd):
    def surveyed(self, *targets: str, **how):
        folder = self.folder()
        return folder, self.scan(*targets, *BRISK, folder=folder, **how)

    def edited(self, folder: Path, survey, change, name: str = "old.json") -> str:
        """The survey's result with its hosts changed, by way of a journal: its summary is then counted anew."""
        result = survey.result
        lines = [{"journal": "edgesurvey/1", "tool": result["tool"], "run": result["run"]}]
        lines += [{"index": index, "target": target} for index, target in enumerate(result["targets"])]
        hosts = [host for host in map(change, result["hosts"]) if host]
        lines += [{"host": host} for host in hosts]
        lines.append({"end": {"targets": len(result["targets"]), "hosts": len(hosts), "tool": result["tool"],
                              "run": result["run"]}})
        return self.write(folder, name, "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))

    def diff(self, folder: Path, old: str, new: str, status: int) -> dict:
        finished = self.run_it("diff", old, new, "-o", "diff.json", "-o", "diff.md", folder=folder)
        self.assertEqual(finished.status, status, finished.stderr)
        self.assert_sent_nothing(finished)
        diff = json.loads((folder / "diff.json").read_text())
        jsonschema.Draft202012Validator(SCHEMA).validate(diff)
        self.text = finished.stdout
        return diff

    def changes(self, diff: dict) -> dict[str, str]:
        return {host["address"]: host["change"] for host in diff["hosts"]}


class Diffs(DiffCase):
    def test_two_scans_of_the_same_edges_are_the_same_all_over(self):
        folder, _ = self.surveyed("exposed.example", "passes.example", "closed.example", "accepts.example", seed=1)
        (folder / "result.json").rename(folder / "old.json")
        self.scan("exposed.example", "passes.example", "closed.example", "accepts.example", *BRISK, folder=folder, seed=2)
        diff = self.diff(folder, "old.json", AS_NOW, status=0)
        self.assertEqual(set(self.changes(diff).values()), {"same"})
        self.assertIn("other-seed", [caveat["code"] for caveat in diff["caveats"]])
        self.assertIn("No host is worse than before", self.text)

    def test_a_host_that_came_to_be_exposed_is_worse_and_the_reverse_is_fixed_or_silenced(self):
        folder, survey = self.surveyed("exposed.example", "closed.example")
        old = self.edited(folder, survey, lambda host: without_exposure(host) if host["verdict"] == "cls-exposed" else host)
        self.assertEqual(self.changes(self.diff(folder, old, AS_NOW, status=1)),
                         {"198.18.2.1": "newly-exposed", "198.18.2.3": "same"})
        self.assertIn("198.18.2.1  closed -> cls-exposed  CLS 50001-50003 open  exposed.example", self.text)
        back = self.diff(folder, AS_NOW, old, status=0)
        self.assertEqual(self.changes(back), {"198.18.2.1": "fixed", "198.18.2.3": "same"})
        self.assertIn("Silence fits both 'fixed' and a perimeter", " ".join(self.text.split()))
        self.assertIn("Silence fits both 'fixed' and a perimeter", (folder / "diff.md").read_text())

    def test_targets_that_came_and_went_appear_and_are_gone(self):
        folder, _ = self.surveyed("closed.example", "passes.example")
        (folder / "result.json").rename(folder / "old.json")
        self.scan("closed.example", "exposed.example", "rejects.example", *BRISK, folder=folder)
        diff = self.diff(folder, "old.json", AS_NOW, status=1)
        self.assertEqual(self.changes(diff), {"198.18.2.1": "appeared", "198.18.2.2": "gone", "198.18.2.3": "same",
                                              "198.18.2.4": "appeared"})
        self.assertEqual([host["address"] for host in diff["hosts"] if host["worse"]], ["198.18.2.1"])

    def test_a_name_that_moved_is_compared_where_it_is_now(self):
        folder, survey = self.surveyed("exposed.example")
        text = (folder / "result.json").read_text().replace("198.18.2.1", "198.18.2.99")
        self.write(folder, "old.json", text)
        diff = self.diff(folder, "old.json", AS_NOW, status=0)
        self.assertEqual(self.changes(diff), {"198.18.2.1": "same"})
        self.assertEqual([note["code"] for note in diff["hosts"][0]["notes"]], ["moved"])
        self.assertIn("moved from 198.18.2.99", self.text)

    def test_the_schema_that_is_printed_is_the_one_that_is_shipped(self):
        finished = self.run_it("schema", "diff")
        self.assertEqual((finished.status, json.loads(finished.stdout)), (0, SCHEMA))


class Baselines(DiffCase):
    def test_a_scan_tells_what_changed_since_its_baseline_and_ends_with_1_only_if_asked_to(self):
        folder, survey = self.surveyed("exposed.example", "closed.example")
        old = self.edited(folder, survey, lambda host: without_exposure(host) if host["verdict"] == "cls-exposed" else host)
        told = self.scan("exposed.example", "closed.example", "--baseline", old, *BRISK, folder=folder)
        self.assertRegex(told.stdout, r"(?s)^1 of 2 addresses .*\nSince the baseline:\n1 host is worse than before\n")
        self.scan("exposed.example", "closed.example", "--baseline", old, "--fail-on-worse", *BRISK, folder=folder, status=1)

    def test_what_was_known_does_not_stop_a_pipeline(self):
        folder, _ = self.surveyed("exposed.example")
        (folder / "result.json").rename(folder / "old.json")
        self.scan("exposed.example", "--baseline", "old.json", "--fail-on-worse", *BRISK, folder=folder, status=0)

    def test_a_baseline_that_cannot_be_read_is_found_before_anything_is_probed(self):
        folder = self.folder()
        self.write(folder, "odd.json", '{"schema": "nmap/7"}\n')
        for name in ("odd.json", "gone.json"):
            for more in ((), ("--dry-run",)):
                with self.subTest((name, more)):
                    finished = self.run_it("scan", "closed.example", "--baseline", name, *more, "-o", "a.json", folder=folder)
                    self.assertEqual(finished.status, 2, finished.stderr)
                    self.assertIn(name, finished.stderr)
                    self.assertIn("nothing was probed", finished.stderr)
                    self.assert_sent_nothing(finished)
                    self.assertFalse((folder / "a.json").exists())

    def test_a_baseline_is_not_overwritten(self):
        folder, _ = self.surveyed("closed.example")
        before = (folder / "result.json").read_bytes()
        finished = self.run_it("scan", "closed.example", "--baseline", "result.json", "-o", "result.json", folder=folder)
        self.assertEqual(finished.status, 2, finished.stderr)
        self.assertEqual((folder / "result.json").read_bytes(), before)
