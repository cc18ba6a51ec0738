"""The script of `edgesurvey remediate`: whether it parses, what it calls, and that nothing of a result acts in it.

PowerShell is no package of Debian's. The judge is a grammar from npm (powershell_judges/package.json), and beside it
PowerShell's own parser where pwsh is installed; what is not there is not asked, and the output says so.

usage: remediation_script_test.py SOURCE_DIR BUILD_DIR EDGESURVEY
"""
import functools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import html_npm

SOURCE, BUILD, PROGRAM = (pathlib.Path(argument) for argument in sys.argv[1:4])
HERE = SOURCE / "tests/reports"
GOLDEN = SOURCE / "tests/golden"

# The cmdlets of Windows Server 2012 R2 that the script may call, and the parameters that it gives them, as their reference
# has them. What they are given as a hash (@settings) is checked by its keys.
RULE = {"-Name", "-ErrorAction"}
CMDLETS = {
    "ForEach-Object": set(), "Where-Object": set(), "Out-Null": set(), "Join-Path": set(),
    "Read-Host": set(), "Write-Host": set(),
    "Get-CimInstance": {"-ClassName", "-Filter"},
    "Get-NetFirewallAddressFilter": {"-ErrorAction"},
    "Get-NetFirewallApplicationFilter": {"-ErrorAction"},
    "Get-NetFirewallPortFilter": {"-ErrorAction"},
    "Get-NetFirewallProfile": {"-PolicyStore", "-ErrorAction"},
    "Get-NetFirewallRule": RULE, "Remove-NetFirewallRule": RULE, "Set-NetFirewallRule": RULE,
    "New-NetFirewallRule": RULE | {"-DisplayName", "-Group"},
    "Get-NetIPAddress": {"-ErrorAction"},
    "Get-NetRoute": {"-DestinationPrefix", "-ErrorAction"},
    "New-Object": {"-TypeName", "-Property"},
    "Set-StrictMode": {"-Version"},
    "Sort-Object": {"-Property", "-Unique"},
    "Test-Path": {"-LiteralPath", "-PathType"},
}
SETTINGS = {"Direction", "Action", "Enabled", "Profile", "Protocol", "LocalPort", "RemotePort", "LocalAddress",
            "RemoteAddress"}  # of New- and Set-NetFirewallRule alike; Program is added where it is known
HOSTILE = ["'); Remove-Item C:\\ -Recurse #", "#>\n& calc\n<#", "a\r\nStop-Computer", "$(calc)", "`n\u2028calc", "\u202egro.live",
           "\u2019 + (calc) + \u2019", "x\u0000y", "@found@", "'@\ncalc\n@'", "=cmd|'/C calc'!A0", "a" * 253]


def survey(name=None, **changes):
    """The approved survey's JSON, with another name for its exposed host and other facts of the run."""
    result = json.loads((GOLDEN / "survey.json").read_text(encoding="utf-8"))
    if name is not None:
        result["targets"][0]["name"] = name
    result["run"].update(changes)
    return result


class Remediate(unittest.TestCase):
    def folder(self):
        made = tempfile.TemporaryDirectory(prefix="edgesurvey-remediate-")
        self.addCleanup(made.cleanup)
        return pathlib.Path(made.name)

    def run_it(self, folder, *words, result=None):
        if result is not None:
            (folder / "before.json").write_text(json.dumps(result), encoding="utf-8")
        return subprocess.run([PROGRAM, "remediate", *words], cwd=folder, capture_output=True, timeout=60)

    def script_of(self, result):
        finished = self.run_it(self.folder(), "before.json", "-q", result=result)
        self.assertEqual((finished.returncode, finished.stderr), (0, b""))
        return finished.stdout.decode("ascii")

    def seen_in(self, *scripts):
        """The scripts as the grammar sees them."""
        modules = html_npm.judges(BUILD / "powershell_judges", "powershell_judges")
        folder = self.folder()
        paths = [folder / f"{number}.ps1" for number in range(len(scripts))]
        for path, script in zip(paths, scripts):
            path.write_bytes(script.encode())
        # Optimising the grammar would take V8 ten seconds and more, parsing takes a tenth of one.
        judged = subprocess.run(["node", "--liftoff-only", HERE / "powershell_judges/parse.mjs", modules, *paths],
                                capture_output=True, text=True, timeout=60)
        self.assertEqual(judged.returncode, 0, judged.stderr)
        return json.loads(judged.stdout)

    def assert_same_code(self, scripts):
        """That comments are all in which the scripts differ."""
        first, *others = self.seen_in(*scripts)
        for seen in others:
            self.assertEqual(seen["faults"], [])
            self.assertEqual(seen["tokens"], first["tokens"])
            self.assertEqual(len(seen["comments"]), len(first["comments"]))

    @functools.cached_property
    def approved(self):
        return (GOLDEN / "survey.ps1").read_bytes().decode("ascii")

    # What is written, and where

    def test_the_script_goes_to_the_standard_output_and_is_the_same_in_a_file(self):
        folder = self.folder()
        plain = self.run_it(folder, "before.json", result=survey())
        filed = self.run_it(folder, "before.json", "-o", "edge.PS1", "-o", "note.md", "-o", "note.txt", "-q")
        self.assertEqual((plain.returncode, filed.returncode, filed.stdout, filed.stderr), (0, 0, b"", b""))
        self.assertEqual((folder / "edge.PS1").read_bytes(), plain.stdout)
        self.assertEqual((folder / "note.md").read_bytes(), (folder / "note.txt").read_bytes())
        self.assertIn(b"192.0.2.10", (folder / "note.md").read_bytes())

    def test_without_an_exposed_host_nothing_is_written_and_that_is_said(self):
        result = survey()
        for host in result["hosts"]:
            if host["verdict"] == "cls-exposed":
                host.update(verdict="closed", reason="range-silent", reasons=["range-silent"])
        verdicts = result["summary"]["verdicts"]
        verdicts["closed"]["count"] += verdicts["cls-exposed"]["count"]
        verdicts["cls-exposed"]["count"] = 0
        folder = self.folder()
        finished = self.run_it(folder, "before.json", "-o", "edge.ps1", result=result)
        self.assertIn(b"nothing to remediate", finished.stderr)
        self.assertEqual((finished.returncode, finished.stdout), (0, b""))
        self.assertFalse((folder / "edge.ps1").exists())

    def test_wrong_usage_and_bad_input_write_nothing(self):
        folder = self.folder()
        self.run_it(folder, "before.json", result=survey())
        shutil.copy(folder / "before.json", folder / "before.txt")
        for words, what in ((["before.json", "-o", "a.ps1", "-o", "edge.sh"], "edge.sh"),
                            (["before.json", "-o", "-", "-o", "-.md"], "standard output"),
                            (["before.txt", "-o", "a.ps1", "-o", "./before.txt"], "cannot be both the result to read and a result"),
                            (["missing.json", "-o", "a.ps1"], "missing.json"),
                            ([], "RESULT")):
            finished = self.run_it(folder, *words)
            self.assertEqual((finished.returncode, finished.stdout), (2, b""), words)
            self.assertIn(what, finished.stderr.decode(), words)
            self.assertFalse((folder / "a.ps1").exists(), words)

    def test_what_cannot_be_written_is_said_and_the_rest_is_there(self):
        folder = self.folder()
        finished = self.run_it(folder, "before.json", "-o", "no/edge.ps1", "-o", "note.md", result=survey())
        self.assertEqual(finished.returncode, 4)
        self.assertIn("no/edge.ps1", finished.stderr.decode())
        self.assertTrue((folder / "note.md").exists())

    # The script

    def test_a_grammar_finds_no_fault_with_it(self):
        whole, torn = self.seen_in(self.approved, self.approved.replace("exit 3 }", "exit 3"))
        self.assertEqual(whole["faults"], [])
        self.assertNotEqual(torn["faults"], [], "it would find none")

    def test_powershell_itself_can_parse_it(self):
        pwsh = shutil.which("pwsh") or self.skipTest("pwsh is not installed: PowerShell's own parser was not asked")
        command = ("$faults = $null; [void] [System.Management.Automation.Language.Parser]::ParseFile("
                   "$env:EDGESURVEY_SCRIPT, [ref] $null, [ref] $faults); $faults | ForEach-Object { \"$_\" }")
        judged = subprocess.run([pwsh, "-NoProfile", "-NonInteractive", "-Command", command], capture_output=True,
                                text=True, timeout=60, env=os.environ | {"EDGESURVEY_SCRIPT": str(GOLDEN / "survey.ps1")})
        self.assertEqual((judged.returncode, judged.stdout.strip()), (0, ""), judged.stderr)

    def test_it_calls_its_own_functions_and_what_windows_server_2012_r2_has(self):
        seen, = self.seen_in(self.approved)
        own = set(seen["functions"])
        for command in seen["commands"]:
            if command["name"] in own:
                continue
            self.assertIn(command["name"], CMDLETS)
            self.assertLessEqual(set(command["parameters"]), CMDLETS[command["name"]], command["name"])
        self.assertEqual(own - {command["name"] for command in seen["commands"]}, set(), "never called")
        self.assertLessEqual(SETTINGS, set(seen["keys"]))

    def test_what_changes_the_firewall_stands_behind_whatif_and_stops_at_errors(self):
        seen, = self.seen_in(self.approved)
        changing = [c for c in seen["commands"] if re.match("(New|Set|Remove)-Net", c["name"])]
        self.assertEqual(sorted(c["name"] for c in changing),
                         ["New-NetFirewallRule", "Remove-NetFirewallRule", "Set-NetFirewallRule"])
        for command in changing:
            self.assertIn("-ErrorAction", command["parameters"])
            before = self.approved[:self.approved.index(f"{command['name']} -Name")]
            self.assertIn("$Caller.ShouldProcess(", before[before.rindex("\r\nfunction "):], command["name"])

    def test_its_help_is_complete(self):
        help_text = self.approved[:self.approved.index("#>")]
        for section in ("SYNOPSIS", "DESCRIPTION", "EXAMPLE", "NOTES", "PARAMETER Address", "PARAMETER Exposed",
                        "PARAMETER Remove", "PARAMETER Program", "PARAMETER AllowInternal", "PARAMETER LogPath"):
            self.assertIn(f"\r\n.{section}\r\n", help_text)
        for needed in ("50000-59999", "edgesurvey diff result.json after.json", "Exit codes"):
            self.assertIn(needed, help_text)

    def test_no_name_changes_a_token_of_the_code(self):
        self.assert_same_code([self.script_of(survey(name)) for name in ["a.example", *HOSTILE]])

    def test_nothing_that_a_run_says_of_itself_changes_a_token_of_the_code(self):
        hostile = [survey(arguments=["scan", text, "-t", text], vantage=text, pace=text) for text in HOSTILE]
        self.assert_same_code([self.script_of(result) for result in [survey(), *hostile]])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
