"""Untrusted text acts nowhere: not on a terminal, not in a spreadsheet, not in JSON."""

import json
import unicodedata

from harness.case import BRISK, EndToEnd

LAB = "small"

FORMULAS = ["=HYPERLINK(\"http://x\")", "+1", "-2+3", "@SUM(A1)", "＝1", " =1", "=cmd|' /C calc'!A0"]
# What the target list lets through as a tag's value, written as in the file.
TAGS = [f'a{n}="{text.replace(chr(34), chr(92) + chr(34))}"' for n, text in enumerate(FORMULAS)]
MARKUP = '<script>alert(1)</script>'
CONTROLS = {"an escape": "\x1b[31m", "a bell": "\x07", "a C1 control": "\u009b31m", "a carriage return": "a\rb", "a null": "\0"}
# A name may not have these; a tag may (some scripts need them), and every output shows them escaped.
INVISIBLE = {"a right-to-left override": "\u202e", "a line separator": "\u2028", "an invisible space": "\u200b"}
ODD = "".join(INVISIBLE.values())


def raw_controls(text: str) -> list[str]:
    """Control, format and separator characters other than the line feeds that end lines."""
    return [c for c in text.replace("\r\n", "\n") if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]


class Inputs(EndToEnd):
    def test_control_characters_in_a_target_list_are_refused_and_shown_escaped(self):
        in_tags = [f'closed.example org="a{text}b"' for text in CONTROLS.values()]
        in_names = [f"closed{text}b.example" for text in (CONTROLS | INVISIBLE).values()]
        for line in in_tags + in_names:
            with self.subTest(line):
                folder = self.folder()
                self.write(folder, "edges.txt", line + "\n")
                finished = self.run_it("scan", "-t", "edges.txt", "--dry-run", folder=folder)
                self.assertEqual(finished.status, 2, finished.stdout)
                self.assertTrue(finished.stderr.startswith("edges.txt:1:"), finished.stderr)
                self.assertEqual(raw_controls(finished.stderr), [])

    def test_arguments_and_file_names_are_shown_escaped(self):
        for words in (["\x1b[31m.example"], ["-t", "\x1b]0;gone\x07.txt"], ["closed.example", "-o", "\x1b[2J.exe"],
                      ["closed.example", "--exclude", "\u202e"], ["closed.example", "--resolver", "\x1b[2J"],
                      ["closed.example", "--sample", "\x1b[2J"], ["closed.example", "--pace", "\x1b[2J"],
                      ["closed.example", "--rate", "\x1b[2J"], ["closed.example", "--\x1b[2J"]):
            with self.subTest(words):
                finished = self.run_it("scan", *words)
                self.assertEqual(finished.status, 2, finished.stderr)
                self.assertEqual(raw_controls(finished.stderr), [])


class Outputs(EndToEnd):
    def survey(self):
        folder = self.folder()
        self.write(folder, "edges.txt", f'exposed.example {" ".join(TAGS)} html="{MARKUP}" odd="{ODD}"\ngone.example org="=1"\n')
        return self.scan("-t", "edges.txt", "--vantage", "jump\x1b[31m\u202ebox", "-o", "result.ndjson", "-o", "result.txt",
                         *BRISK, folder=folder)

    def test_no_output_has_a_raw_control_character(self):
        survey = self.survey()
        for path in survey.folder.glob("result.*"):
            with self.subTest(path.name):
                self.assertEqual(raw_controls(path.read_bytes().decode()), [])
        self.assertEqual(raw_controls(survey.stdout + survey.stderr), [])

    def test_no_cell_of_the_csv_is_a_formula(self):
        survey = self.survey()
        for row in survey.rows:
            for column, cell in row.items():
                self.assertNotIn(unicodedata.normalize("NFKC", cell).lstrip()[:1], {*"=+-@"}, column)
        self.assertEqual(survey.rows[0]["target"], "exposed.example")

    def test_what_was_written_stands_in_the_json_unchanged(self):
        survey = self.survey()
        tags = survey.target("exposed.example")["tags"]
        self.assertEqual([tags[f"a{n}"] for n in range(len(FORMULAS))], FORMULAS)
        self.assertEqual((tags["html"], tags["odd"]), (MARKUP, ODD))
        lines = (survey.folder / "result.ndjson").read_text().splitlines()
        self.assertEqual([json.loads(line)["address"] for line in lines], ["198.18.2.1"])

    def test_a_folder_with_a_hostile_name_is_shown_escaped(self):
        folder = self.folder()
        (folder / "\x1b[31mred").mkdir()
        finished = self.run_it("scan", "198.18.2.3", "--pace", "fast", *BRISK, "-o", "\x1b[31mred/result.json", folder=folder)
        self.assertEqual(finished.status, 0, finished.stderr)
        self.assertEqual(raw_controls(finished.stderr + finished.stdout), [])
        finished = self.run_it("scan", "198.18.2.3", "-o", "\x1b[31mgone/result.json", folder=folder)
        self.assertEqual((finished.status, raw_controls(finished.stderr)), (4, []))
