import unittest

from scoreboard.finding import MISSING, Finding, Range
from scoreboard.score import Score, score
from scoreboard.truth import HostTruth, Sent, parse_truth


def truth(accepted=("closed",), decidable=True, cls_open=False, share=0.0, estimable=True, opening=None):
    return HostTruth("a-kind", accepted, decidable, cls_open, share, estimable, opening)


def judged(host, found):
    total = Score()
    total.judge(host, found)
    return total


def shares(share):
    return share.hits, share.of


class ScoreTest(unittest.TestCase):
    def test_every_accepted_verdict_is_right_and_stands_on_the_diagonal(self):
        host = truth(("media-range-open", "inconclusive"), decidable=False)
        for verdict in host.accepted:
            found = judged(host, Finding(verdict))
            self.assertEqual(shares(found.right), (1, 1))
            self.assertEqual(dict(found.confusion), {(verdict, verdict): 1})
        self.assertEqual(shares(found.right_decidable), (0, 0))

    def test_a_wrong_call_is_counted_by_its_case(self):
        found = judged(truth(), Finding("media-range-open"))
        self.assertEqual(shares(found.right), (0, 1))
        self.assertEqual(dict(found.wrong), {("a-kind", "closed", "media-range-open"): 1})
        self.assertEqual(dict(found.confusion), {("closed", "media-range-open"): 1})

    def test_a_missing_host_is_wrong(self):
        self.assertEqual(shares(judged(truth(), MISSING).right), (0, 1))

    def test_inconclusive_counts_on_decidable_hosts_even_where_it_is_accepted(self):
        host = truth(("media-range-open", "inconclusive"))
        self.assertEqual(shares(judged(host, Finding("inconclusive")).inconclusive_decidable), (1, 1))

    def test_an_exposed_host_called_closed_is_worse_than_missed(self):
        host = truth(("cls-exposed", "inconclusive"), cls_open=True)
        closed, unsure = judged(host, Finding("closed")), judged(host, Finding("inconclusive"))
        self.assertEqual((closed.exposed_called_closed.hits, closed.exposed_missed.hits), (1, 1))
        self.assertEqual((unsure.exposed_called_closed.hits, unsure.exposed_missed.hits), (0, 1))

    def test_an_interval_is_judged_where_the_share_can_be_estimated(self):
        seen = Finding("closed", range=Range(64, 0, 0.0, 0.056009, None))
        self.assertEqual(shares(judged(truth(share=0.05), seen).covered), (1, 1))
        self.assertEqual(shares(judged(truth(share=0.06), seen).covered), (0, 1))
        self.assertEqual(shares(judged(truth(share=0.06, estimable=False), seen).covered), (0, 0))

    def test_an_interval_wider_than_the_exact_binomial_one_is_noticed(self):
        for high, wider in ((0.056009, 0), (0.0562, 1)):
            seen = Finding("closed", range=Range(64, 0, 0.0, high, None))
            self.assertEqual(judged(truth(), seen).wider.hits, wider)

    def test_spans_are_exact_or_they_are_not(self):
        host = truth(("media-range-open",), share=0.3, opening=[(50000, 52999)])
        for spans, exact in (([(50000, 52999)], 1), ([(50000, 53000)], 0), (None, 0)):
            seen = Finding("media-range-open", range=Range(64, 19, 0.19, 0.43, spans))
            self.assertEqual(shares(judged(host, seen).spans_exact), (exact, 1))

    def test_an_opening_that_the_sample_can_miss_is_counted_apart(self):
        host = HostTruth("a-kind", ("media-range-open",), False, False, 0.01, True, [(50100, 50199)], opening_is_small=True)
        found = judged(host, Finding("closed"))
        self.assertEqual((shares(found.spans_exact), shares(found.spans_exact_small)), ((0, 0), (0, 1)))

    def test_every_wrong_call_is_named(self):
        total = Score()
        total.judge(truth(), Finding("inconclusive", "no-answer", "high"), "farm 198.18.1.1")
        total.judge(truth(), Finding("closed"), "farm 198.18.1.2")
        self.assertEqual([(wrong["host"], wrong["found"]) for wrong in total.wrong_hosts], [("farm 198.18.1.1", "inconclusive")])

    def test_scores_add_up(self):
        total = judged(truth(), Finding("closed", confidence="high"))
        total += judged(truth(), Finding("closed", confidence="low"))
        total += judged(truth(), Finding("inconclusive", confidence="low"))
        self.assertEqual(shares(total.right), (2, 3))
        self.assertEqual({name: shares(share) for name, share in total.confidence.items()}, {"high": (1, 1), "low": (1, 2)})
        self.assertEqual(total.cases["a-kind"], 3)

    def test_what_was_sent_is_summed_up_over_hosts(self):
        total = score({"a": truth(), "b": truth()}, {"a": Finding("closed")}, {"a": Sent(80, 76, 40), "b": Sent(90, 77, 41)})
        self.assertEqual((total.syns, total.ports, total.hosts_sent_to), (170, 153, 2))
        self.assertEqual(shares(total.right), (1, 2))


class TruthTest(unittest.TestCase):
    def parsed(self, **changes):
        part = {"share": 0.3, "spans": ["50000-52999"]}
        host = {"address": "198.18.1.1", "label": "a-kind", "accepted": [{"verdict": "closed", "reasons": []}] * 2,
                "decidable": True, "cls_open": [], "answering": part, "passed": part, "share_estimable": True} | changes
        return parse_truth({"hosts": [host]})["198.18.1.1"]

    def opening(self, **changes):
        return self.parsed(**changes).opening

    def test_a_partial_opening_shows_where_the_host_answers_all_of_it(self):
        self.assertEqual(self.opening(), [(50000, 52999)])
        self.assertIsNone(self.opening(answering={"share": 0.0, "spans": []}))
        self.assertIsNone(self.opening(share_estimable=False))
        whole = {"share": 1.0, "spans": ["50000-59999"]}
        self.assertIsNone(self.opening(answering=whole, passed=whole))

    def test_an_opening_is_small_when_a_part_or_a_gap_can_fall_between_the_samples(self):
        for spans, small in ((["50000-52999"], False), (["50000-50311"], True), (["50000-52999", "53100-53999"], True)):
            part = {"share": 0.3, "spans": spans}
            self.assertEqual(self.parsed(answering=part, passed=part).opening_is_small, small)


if __name__ == "__main__":
    unittest.main()
