"""That the check of words sees them, and lets pass what only looks like them."""

import tempfile
import unittest
from pathlib import Path

from words import faults


def faults_of(name: str, text: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return faults(Path(folder), [name])


class Words(unittest.TestCase):
    def test_a_word_given_up_is_told_with_its_place_and_what_to_write(self):
        self.assertEqual(faults_of("scanner/a.cpp", "int x;\n// the last words\n"),
                         ["scanner/a.cpp:2: 'last words': write 'closing checks'"])

    def test_a_word_is_seen_in_identifiers(self):
        self.assertTrue(faults_of("scanner/a.cpp", "int bracket_port = 0;\n"))
        self.assertTrue(faults_of("scanner/a.cpp", "Duration longest_spell{};\n"))

    def test_parts_of_other_words_pass(self):
        self.assertEqual(faults_of("scanner/a.cpp", "// a household, darken, configuration, respelled\n"), [])

    def test_a_word_in_another_sense_passes_where_it_is_listed_alone(self):
        self.assertEqual(faults_of("reports/json/json_writer.cpp", "char bracket;\n"), [])
        self.assertTrue(faults_of("reports/json/other.cpp", "char bracket;\n"))


if __name__ == "__main__":
    unittest.main()
