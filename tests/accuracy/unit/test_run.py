import subprocess
import tempfile
import unittest
from pathlib import Path

from scoreboard.run import together


class TogetherTest(unittest.TestCase):
    def status(self, *commands):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(["sh", "-c", together([["sh", "-c", command] for command in commands])], cwd=folder,
                                  check=False)
            self.outputs = [path.read_text() for path in sorted(Path(folder).glob("*.stdout"))]
            return done.returncode

    def test_every_command_is_run_and_its_output_kept(self):
        self.assertEqual(self.status("echo one", "echo two"), 0)
        self.assertEqual(self.outputs, ["one\n", "two\n"])

    def test_one_that_fails_fails_the_run(self):
        self.assertEqual(self.status("exit 3", "true"), 3)
        self.assertEqual(self.status("true", "exit 3"), 3)

    def test_a_command_whose_own_time_is_up_has_not_failed(self):
        self.assertEqual(self.status("exit 124", "true"), 0)
        self.assertEqual(self.status("exit 124", "exit 2"), 2)


if __name__ == "__main__":
    unittest.main()
