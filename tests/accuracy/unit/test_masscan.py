import json
import unittest

from scoreboard.answers import Answer, Kind
from scoreboard.masscan import parse


def line(port, status, ip="198.18.1.1", ttl=57, kind="status"):
    return json.dumps({"ip": ip, "timestamp": "1", "port": port, "proto": "tcp", "rec_type": kind,
                       "data": {"status": status, "reason": "any", "ttl": ttl}}) + "\n"


class MasscanTest(unittest.TestCase):
    def test_a_line_is_an_answer_with_its_ttl_where_masscan_reads_it(self):
        self.assertEqual(parse(line(443, "open") + line(50001, "closed") + line(443, "open", "2001:DB8::1")),
                         {"198.18.1.1": {443: Answer(Kind.OPEN, 57), 50001: Answer(Kind.RST, 57)},
                          "2001:db8::1": {443: Answer(Kind.OPEN)}})

    def test_a_line_that_was_cut_off_is_left_out(self):
        self.assertEqual(list(parse(line(443, "open") + line(444, "open")[:40])["198.18.1.1"]), [443])

    def test_open_beats_closed_in_either_order(self):
        for order in (("open", "closed"), ("closed", "open")):
            self.assertIs(parse("".join(line(1, status) for status in order))["198.18.1.1"][1].kind, Kind.OPEN)

    def test_banners_are_not_answers(self):
        self.assertEqual(parse(line(443, "open", kind="banner")), {})


if __name__ == "__main__":
    unittest.main()
