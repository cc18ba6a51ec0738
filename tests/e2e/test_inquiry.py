"""What `help inquiry` and -vv say of the questions is what the README says."""

import re
from pathlib import Path

from harness.case import BRISK, EndToEnd

LAB = "small"
README = (Path(__file__).parents[2] / "README.md").read_text()


def questions_of_readme():
    block = re.search(r"<!-- inquiry -->\n\n((?:- .*\n)+)", README)[1]
    return [re.fullmatch(r"- `([^`]+)`(?: \(.*?\))?: (.*)", line).groups() for line in block.splitlines()]


class Inquiry(EndToEnd):
    def test_the_readme_lists_the_questions_as_the_program_does(self):
        finished = self.run_it("help", "inquiry")
        self.assertEqual(finished.status, 0, finished.stderr)
        blocks = [block.splitlines() for block in finished.stdout.strip().split("\n\n")[1:]]
        joined = [(block[0], " ".join(line.strip() for line in block[1:])) for block in blocks]
        shown = [(name, re.match(r"decides (.*?) \d+ attempts?[,;]", text)[1]) for name, text in joined]
        self.assertEqual(shown, questions_of_readme())

    def test_told_to_say_much_it_names_the_question_of_each_probe(self):
        finished = self.run_it("scan", "198.18.2.1", "--seed", "1", "--sample", "16", *BRISK, "-vv")
        named = re.findall(r"198\.18\.2\.1 port (\d+): ([a-z ,]+), waits \d+ ms", finished.stderr)
        self.assertIn(("443", "service"), named)
        self.assertIn(("50002", "cls"), named)
        self.assertLessEqual({question for _, question in named}, {name for name, _ in questions_of_readme()})
