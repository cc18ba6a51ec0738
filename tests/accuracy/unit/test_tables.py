import unittest

from scoreboard.board import Group, best
from scoreboard.finding import Finding
from scoreboard.markdown import loss_percent, percent, table
from scoreboard.score import Share
from scoreboard.tables import confusion, right, wrong_by_case
from scoreboard.truth import HostTruth


def group(*verdicts, **changes):
    made = Group("edgesurvey-fast", "edgesurvey", 250, "0.01", **({"seeds": [1], "wall_s": [10.0]} | changes))
    for verdict in verdicts:
        made.score.judge(HostTruth("closed-drop", ("closed",), True, False, 0.0, True, None), Finding(verdict))
        made.score.hosts_sent_to += 1
        made.score.syns += 80
    return made


def cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


class TablesTest(unittest.TestCase):
    def test_columns_are_aligned(self):
        self.assertEqual(table(["a", "number"], [["text", 1]]),
                         ["| a    | number |", "| ---- | -----: |", "| text |      1 |"])

    def test_less_than_all_is_never_shown_as_all(self):
        self.assertEqual([percent(Share(*of)) for of in ((0, 0), (3, 4), (40_000, 40_000), (39_999, 40_000))],
                         ["n/a", "75.00", "100", "99.99"])

    def test_losses_are_percents_or_ranges_of_them(self):
        self.assertEqual([loss_percent(loss) for loss in ("0", "0.01", "0.10", "0-0.025")], ["0", "1", "10", "0-2.5"])

    def test_a_row_says_how_much_was_right_and_at_what_cost(self):
        row = cells(right([group("closed", "closed", "closed", "inconclusive")])[2])
        self.assertEqual(row, ["edgesurvey", "250", "1", "4", "75.00", "19.4-99.4", "75.00", "1/4", "n/a", "80.0", "10"])

    def test_a_run_that_did_not_end_is_said_to_have_not(self):
        row = cells(right([group(not_ended=1, wall_s=[600.0])])[2])
        self.assertEqual((row[3], row[4], row[-1]), ("0", "n/a", "> 600"))

    def test_wrong_calls_are_listed_by_case(self):
        self.assertEqual(cells(wrong_by_case([group("closed", "inconclusive")])[2]), ["closed-drop", "1 inconclusive of 2"])
        self.assertEqual(wrong_by_case([group("closed")]), ["None."])

    def test_the_confusion_sets_truth_against_finding(self):
        lines = confusion(group("closed", "inconclusive").score)
        self.assertEqual(cells(lines[0]), ["truth", "closed", "inconclusive"])
        self.assertIn(["closed", "1", "1"], [cells(line) for line in lines])

    def test_the_reading_that_scores_best_is_taken_and_the_first_of_equals(self):
        self.assertEqual(best({"closed": 3, "inconclusive": 4, "media-range-open": 1}), "inconclusive")
        self.assertEqual(best({"closed": 4, "inconclusive": 4}), "closed")


if __name__ == "__main__":
    unittest.main()
