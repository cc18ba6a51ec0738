"""The three ways to work that the README shows run as they stand there."""

import os
import re
import subprocess
from pathlib import Path

import yaml

from harness.case import EndToEnd
from harness.survey import BINARY

LAB = "small"
README = (Path(__file__).parents[2] / "README.md").read_text()
TARGETS = "exposed.example org=Contoso\nclosed.example org=Fabrikam federation=ocs2007\n"
POLICY = '[[waiver]]\nname = "exposed.example"\nverdict = "cls-exposed"\nowner = "us"\nreason = "the lab"\nexpires = {}\n'

# The lab's hosts need no manners: with theirs a journey would take minutes.
AT_ONCE = f'#!/bin/sh\ncase $1 in scan) set -- "$@" --rate 10000 --host-rate 100;; esac\nexec "{BINARY}" "$@"\n'


def journey(name: str) -> str:
    """The indented block after its mark, without the indent."""
    block = re.search(rf"<!-- journey: {name} -->\n\n((?:    .*\n|\n)+)", README)[1]
    return re.sub(r"^    ", "", block, flags=re.MULTILINE)


class Journeys(EndToEnd):
    def setUp(self):
        self.here = self.folder()
        for name in ("edges.txt", "survey.txt", "staging.txt"):
            self.write(self.here, name, TARGETS)
        self.write(self.here, "ours.txt", "198.18.2.0/24\n")
        program = self.here / "bin/edgesurvey"
        program.parent.mkdir()
        program.write_text(AT_ONCE)
        program.chmod(0o755)

    def shell(self, script: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(["bash", "-euc", script], cwd=self.here, text=True, capture_output=True, timeout=150,
                              env=os.environ | {"PATH": f"{self.here}/bin:{os.environ['PATH']}"} | environment)

    def assert_done(self, finished: subprocess.CompletedProcess, *files: str) -> None:
        self.assertEqual(finished.returncode, 0, finished.stdout + finished.stderr)
        self.assertEqual([name for name in files if not (self.here / name).stat().st_size], [])

    def policy(self) -> None:
        expires = subprocess.run(["date", "-u", "-d", "+90 days", "+%F"], text=True, capture_output=True, check=True).stdout
        self.write(self.here, "policy.toml", POLICY.format(expires.strip()))

    def test_a_security_team_audits_and_comes_back(self):
        finished = self.shell(journey("audit"))
        self.assert_done(finished, "audit.json", "audit.html", "edge.ps1", "firewall.md", "after.json", "changes.md")
        self.assertIn("1 of 2 addresses", finished.stdout)
        self.assertIn("No host is worse than before", finished.stdout)

    def test_a_consultant_surveys_and_reports(self):
        self.assert_done(self.shell(journey("survey")), "survey.json", "so-far.csv", "survey.html", "survey.csv", "survey.md")

    def test_a_github_job_checks_by_a_policy_and_shows_the_summary(self):
        self.policy()
        steps = yaml.safe_load(journey("github"))["jobs"]["edge"]["steps"]
        script = "\n".join(step["run"] for step in steps if "run" in step)
        self.assert_done(self.shell(script, GITHUB_STEP_SUMMARY=str(self.here / "shown.md")), "edge.sarif", "shown.md")
        self.assertIn("edge.sarif", [step.get("with", {}).get("sarif_file") for step in steps])

    def test_a_gitlab_job_fails_only_on_what_is_worse(self):
        job = yaml.safe_load(journey("gitlab"))["edge"]
        self.shell("edgesurvey scan -t staging.txt -o accepted.json").check_returncode()
        self.assert_done(self.shell("\n".join(job["script"])), job["artifacts"]["reports"]["junit"], *job["artifacts"]["paths"])
        self.write(self.here, "staging.txt", TARGETS + "two-ports.example\n")
        self.assertEqual(self.shell("\n".join(job["script"])).returncode, 1)
