import unittest
from types import SimpleNamespace

from ablation.cases import CASES, SMALL, Case
from ablation.main import Farms, farms_of
from ablation.measure import Cost, Setting, compare
from ablation.page import Row, page, summary


def share(hits, of):
    return {"hits": hits, "of": of}


def result(right, syns=100, seconds=10.0, closed=0, surely=0, spans=4):
    return {"right": right, "syns": syns, "host_seconds": seconds, "survey_seconds": seconds,
            "exposed_called_closed": share(closed, 3), "exposed_surely_closed": share(surely, 3),
            "spans_exact": share(spans, 5), "spans_exact_small": share(1, 1)}


def cost(lost=0, gained=0, syns=0.0, seconds=0.0, hosts=1000, spans=0, spans_exact_lost=0):
    return Cost(hosts, lost, gained, syns, seconds, 0.0, 0, 0, 0, spans, spans_exact_lost)


def row(name, one):
    return Row(name, {0.0: cost(), 0.1: one}, {0.0: cost(), 0.1: cost()})


class CompareTest(unittest.TestCase):
    def test_hosts_are_compared_one_by_one_over_all_farms(self):
        found = compare([result("1110"), result("11")], [result("0111"), result("10")])
        self.assertEqual((found.hosts, found.lost, found.gained), (6, 2, 1))
        self.assertAlmostEqual(found.right, 100 / 6)

    def test_a_figure_is_what_the_absence_costs(self):
        found = compare([result("11")], [result("11", syns=130, seconds=12.0, closed=2, surely=1, spans=1)])
        self.assertEqual((found.syns, found.seconds), (15, 1))
        self.assertEqual((found.exposed_called_closed, found.exposed_surely_closed), (2, 1))
        self.assertEqual((found.spans, found.spans_exact_lost), (6, 3))

    def test_farms_of_different_sizes_are_no_pair(self):
        with self.assertRaises(ValueError):
            compare([result("111")], [result("11")])

    def test_twenty_thousand_hosts_resolve_a_twentieth_of_a_percent(self):
        self.assertLess(cost(lost=10, hosts=20_000).right_error, 0.05)
        self.assertLess(cost(hosts=20_000).right_error, 0.05)


class SettingTest(unittest.TestCase):
    def test_small_farms_are_as_many_hosts_in_all(self):
        options = SimpleNamespace(farms=2, hosts=1000)
        self.assertEqual(farms_of(Case(("a",), "large"), options), Farms(("a",), 2, 1000))
        small = farms_of(Case(("a",), "small", small=True), options)
        self.assertEqual((small.hosts, small.count * small.hosts), (SMALL, 2000))

    def test_with_and_without_differ_in_the_row_alone(self):
        setting = Setting(("a", "b"), 0.05, range(1, 3), 10)
        whole, without = setting.runs(None), setting.runs("cls")
        self.assertEqual(len(whole), 2)
        for a, b in zip(whole, without, strict=True):
            self.assertEqual([word for word in b if word not in ("--without", "cls")], list(a))


class PageTest(unittest.TestCase):
    def test_rows_that_buy_nothing_are_named(self):
        rows = [row("cls", cost(lost=1)), row("control", cost(syns=1.5)), row("service", cost(seconds=0.2)),
                row("sample", cost(gained=5, syns=-30.0, seconds=-2.0))]
        self.assertTrue(summary(rows).endswith(": `sample`."))
        for name in ("cls", "control", "service"):
            self.assertNotIn(f"`{name}`", summary(rows))

    def test_rows_that_buy_openings_alone_are_named_as_such(self):
        rows = [row("sample", cost()), row("range edge", cost(spans=100, spans_exact_lost=40))]
        self.assertIn("`sample`, `range edge`. Of these, openings are told to the port by `range edge`.", summary(rows))

    def test_the_page_has_the_questions_as_the_program_tells_them(self):
        question = {"name": "cls", "tries": 2, "apart": 2.3, "waiting": "--patience", "answers_for": "the port",
                    "closing": True, "decides": "whether it is so"}
        text = page([question], [row("cls", cost(lost=2, hosts=1000))], "./dev ablation", "2026-01-01")
        self.assertIn("| `cls` | whether it is so | 2 | 2.30 s | --patience | the port | when all else is settled |", text)
        self.assertIn("| `cls` | 0.00 ±0.30 | 0.20 ±0.28 |", text)

    def test_every_case_says_why(self):
        for case in CASES.values():
            self.assertTrue(case.kinds and case.reason)
