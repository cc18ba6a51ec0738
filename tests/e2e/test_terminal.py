"""On a terminal the survey shows its progress and fits; anywhere else it is plain text."""

from harness import lab
from harness.case import BRISK, EndToEnd
from harness.terminal import COLOUR, ESCAPES, lines_left, run_on_terminal, width

LAB = "small"
WORDS = ["scan", "bücher.example", "exposed.example", "exposed6.example", "gone.example", "198.18.3.0/27",
         "--resolver", lab.RESOLVER, "--pace", "fast", "--seed", "1", *BRISK]


class Terminal(EndToEnd):
    def test_progress_is_drawn_over_and_over_and_is_gone_at_the_end(self):
        drawn, stdout = run_on_terminal(WORDS, self.folder(), only_stderr=True)
        frames = [piece for piece in drawn.split("\r") if "hosts" in piece]
        self.assertGreater(len(frames), 2, drawn)
        self.assertRegex(frames[-1], r"^\d+/\d+ hosts, [\d,]+ probes \([\d,]+/s\), \d+ exposed, \d+s left\x1b\[K$")
        self.assertEqual([line for line in lines_left(drawn) if "exposed" in line], [])
        self.assertIn("expose CLS ports", stdout)
        self.assertEqual(ESCAPES.findall(stdout), [])

    def test_the_progress_line_never_wraps(self):
        for columns in (80, 60, 40, 20):
            drawn, _ = run_on_terminal(WORDS, self.folder(), columns=columns, only_stderr=True)
            frames = [ESCAPES.sub("", piece) for piece in drawn.split("\r") if "hosts" in piece]
            self.assertTrue(frames)
            self.assertLess(max(width(frame) for frame in frames), columns)

    def test_the_summary_fits_80_and_60_columns(self):
        for columns in (80, 60):
            drawn, _ = run_on_terminal(WORDS, self.folder(), columns=columns)
            left = lines_left(drawn)
            self.assertTrue(any("198.18.3.28" in line and "50001-50003" in line for line in left), drawn)
            self.assertEqual([line for line in left if width(line) > columns], [])

    def test_colour_is_used_unless_no_color_or_a_dumb_terminal_forbids_it(self):
        folder = self.folder()
        self.run_it(*WORDS, "-o", "result.json", folder=folder)
        report = ["report", "result.json"]
        self.assertTrue(COLOUR.search(run_on_terminal(report, folder)[0]))
        self.assertFalse(ESCAPES.search(run_on_terminal(report, folder, NO_COLOR="1")[0]))
        self.assertFalse(ESCAPES.search(run_on_terminal(report, folder, TERM="dumb")[0]))
        self.assertTrue(COLOUR.search(run_on_terminal(report, folder, NO_COLOR="")[0]))  # no-color.org: only if not empty


class Pipe(EndToEnd):
    def test_without_a_terminal_nothing_is_drawn_and_nothing_is_coloured(self):
        finished = self.run_it(*WORDS, "-o", "result.json")
        self.assertEqual(ESCAPES.findall(finished.stdout + finished.stderr), [])
        self.assertNotIn("\r", finished.stdout + finished.stderr)
        self.assertEqual(finished.stderr, "edgesurvey: wrote result.json\n")

    def test_a_result_on_standard_output_stands_there_alone(self):
        finished = self.run_it(*WORDS, "-o", "-.csv")
        self.assertTrue(finished.stdout.startswith("target,address,verdict,"))
        self.assertNotIn("expose CLS ports", finished.stdout)
        self.assertIn("expose CLS ports", finished.stderr)

    def test_quiet_is_quiet(self):
        finished = self.run_it(*WORDS, "-q", "-o", "result.json")
        self.assertEqual((finished.stdout, finished.stderr), ("", ""))
