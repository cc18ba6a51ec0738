"""A policy judges a scan and a report: what is expected, what is waived, what fails the run."""

import json
from datetime import date, datetime, timedelta, timezone
from xml.etree import ElementTree

from harness.case import BRISK, EndToEnd

LAB = "small"
TODAY = datetime.now(timezone.utc).date()
TARGETS = """\
exposed.example org=Contoso
passes.example federation=ocs2007
bare.example org=Fabrikam
198.18.2.3
accepts.example
"""
POLICY = """\
[[expect]]
tag = "federation=ocs2007"
verdict = ["closed", "media-range-open"]
reason = "OCS 2007 partners need the range"

[[waiver]]
name = "exposed.example"
verdict = "cls-exposed"
owner = "edge-team@contoso.example"
reason = "Replaced under CHG0042"
expires = {until}
"""


def waiver(name: str, until: date, verdict: str = "cls-exposed") -> str:
    return f'[[waiver]]\nname = "{name}"\nverdict = "{verdict}"\nowner = "edge-team"\nreason = "r"\nexpires = {until}\n'


class Policy(EndToEnd):
    def lay_out(self, policy: str):
        folder = self.folder()
        self.write(folder, "edges.txt", TARGETS)
        self.write(folder, "policy.toml", policy)
        return folder

    def scan_by(self, policy: str, status: int, *words: str):
        folder = self.lay_out(policy)
        return self.scan("-t", "edges.txt", "--policy", "policy.toml", *words, *BRISK, folder=folder, status=status)

    def outcomes(self, result: dict) -> dict[str, str]:
        return {host["address"]: host["outcome"] for host in result["policy"]["hosts"]}


class Judging(Policy):
    def test_a_host_that_nobody_expected_breaks_it_and_every_report_tells_who_was_waived(self):
        survey = self.scan_by(POLICY.format(until=TODAY), 1, "-o", "result.junit.xml", "-o", "result.sarif",
                              "-o", "result.md", "-o", "result.html", "-o", "result.ndjson", "-o", "result.nmap.xml")
        self.assertEqual(self.outcomes(survey.result), {"198.18.2.1": "waived", "198.18.2.2": "kept",
                                                        "198.18.2.6": "broken", "198.18.2.5": "undecided"})
        self.assertEqual(survey.result["policy"]["summary"], {"broken": 1, "waived": 1, "undecided": 1, "kept": 2})
        told = f"waived until {TODAY} by edge-team@contoso.example: Replaced under CHG0042 (policy.toml:6)"
        self.assertIn("198.18.2.6 (bare.example): cls-exposed, fails the run by policy.toml", survey.stdout)
        self.assertIn(told, " ".join(survey.stdout.split()))
        cases = {case.get("name"): [child.tag for child in case]
                 for case in ElementTree.parse(survey.folder / "result.junit.xml").iter("testcase")}
        self.assertEqual(cases, {"exposed.example 198.18.2.1": ["skipped"], "passes.example 198.18.2.2": [],
                                 "bare.example 198.18.2.6": ["failure"], "198.18.2.3": [],
                                 "accepts.example 198.18.2.5": ["skipped"]})
        results = json.loads((survey.folder / "result.sarif").read_text())["runs"][0]["results"]
        suppressed = {result["properties"]["policy"]: [s["justification"] for s in result.get("suppressions", [])]
                      for result in results}
        self.assertEqual(suppressed, {"waived": [told], "broken": [], "undecided": []})
        lines = {host["address"]: host for host in
                 map(json.loads, (survey.folder / "result.ndjson").read_text().splitlines())}
        self.assertEqual({address: host["policy"] for address, host in lines.items()},
                         {**self.outcomes(survey.result), "198.18.2.3": "kept"})
        self.assertEqual(lines["198.18.2.1"]["waived"], {"owner": "edge-team@contoso.example", "expires": str(TODAY),
                                                         "reason": "Replaced under CHG0042"})
        scripts = {host.find("address").get("addr"): host.find("hostscript/script[@id='edgesurvey-policy']").get("output")
                   for host in ElementTree.parse(survey.folder / "result.nmap.xml").iter("host")}
        self.assertEqual(scripts["198.18.2.1"], "waived: " + told)
        for name in ("result.md", "result.html"):
            self.assertIn("edge-team@contoso.example", (survey.folder / name).read_text())

    def test_0_when_all_is_expected_or_waived(self):
        policy = POLICY.format(until=TODAY + timedelta(days=400)) + waiver("bare.example", TODAY)
        survey = self.scan_by(policy, 0)
        self.assertEqual(survey.result["policy"]["summary"]["broken"], 0)
        self.assertNotIn("policy.toml:", survey.stderr)

    def test_entries_without_use_are_told_on_standard_error(self):
        policy = waiver("passes.example", TODAY) + waiver("nobody.example", TODAY) + '[[expect]]\ntag = "org=X"\nverdict = "closed"\n'
        survey = self.scan_by(policy, 1)
        self.assertIn("edgesurvey: policy.toml:1: this waiver is no longer needed", survey.stderr)
        self.assertIn("edgesurvey: policy.toml:7: this waiver matches no host", survey.stderr)
        self.assertIn("edgesurvey: policy.toml:13: this expectation matches no host", survey.stderr)

    def test_fail_on_is_the_short_form(self):
        folder = self.lay_out("")
        survey = self.scan("-t", "edges.txt", "--fail-on", "media-range-open", *BRISK, folder=folder, status=1)
        self.assertEqual(survey.result["policy"]["source"], "--fail-on")
        self.assertEqual(self.outcomes(survey.result), {"198.18.2.2": "broken", "198.18.2.5": "undecided"})


class Again(Policy):
    def test_a_result_is_judged_again_by_report(self):
        folder = self.lay_out(POLICY.format(until=TODAY))
        plain = self.scan("-t", "edges.txt", *BRISK, folder=folder)
        self.assertNotIn("policy", plain.result)
        words = ("report", "result.json", "-q")
        judged = self.run_it(*words, "--policy", "policy.toml", "-o", "judged.json", folder=folder)
        self.assertEqual((judged.status, judged.stderr), (1, ""))
        self.assertEqual(self.run_it(*words, "--fail-on", "inconclusive", "-o", "-", folder=folder).status, 1)
        self.assertEqual(self.run_it(*words, "--fail-on", "closed,inconclusive", "--policy", "policy.toml", folder=folder).status, 2)
        again = self.report(folder / "judged.json")  # without a policy: the recorded one, and no exit status of its own
        self.assertEqual(again, json.loads((folder / "judged.json").read_text()))
        self.assert_sent_nothing(judged)

    def test_a_journal_remembers_what_its_run_was_judged_by(self):
        survey = self.scan_by(POLICY.format(until=TODAY), 1, "--journal", "run.keep")
        self.assertEqual(self.report(survey.folder / "run.keep")["policy"], survey.result["policy"])


class Mistakes(Policy):
    def test_2_and_every_mistake_with_its_place_and_nothing_is_sent(self):
        folder = self.lay_out(waiver("a.example", TODAY - timedelta(days=1)) + waiver("b.example", TODAY + timedelta(days=401)) +
                              '[[waiver]]\nname = "c..example"\nverdict = "open"\nowner = "o"\nexpires = "soon"\n')
        for words in (["scan", "-t", "edges.txt"], ["scan", "-t", "edges.txt", "--dry-run"], ["report", "edges.txt"]):
            with self.subTest(words):
                finished = self.run_it(*words, "--policy", "policy.toml", folder=folder)
                self.assertEqual((finished.status, finished.stdout), (2, ""), finished.stderr)
                places = [line.split(": ")[0] for line in finished.stderr.splitlines()]
                self.assertEqual(places, ["policy.toml:6:11", "policy.toml:12:11", "policy.toml:13:1", "policy.toml:14:8",
                                          "policy.toml:15:11", "policy.toml:17:11", "edgesurvey"])
                self.assert_sent_nothing(finished)

    def test_hostile_text_is_shown_escaped(self):
        folder = self.lay_out('"\\u001b[31m\\u202e" = 1\n')
        finished = self.run_it("scan", "-t", "edges.txt", "--policy", "policy.toml", folder=folder)
        self.assertIn("\\x1b[31m\\u{202e}", finished.stderr)
        self.assertNotIn("\x1b", finished.stderr)
