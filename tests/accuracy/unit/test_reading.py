import unittest

from scoreboard.answers import Answer, Kind
from scoreboard.ports import AskedPorts
from scoreboard.reading import read

ASKED = AskedPorts(services=(443,), cls=(50001, 50002, 50003), controls=(40000, 61000), sample=(51000, 52000))
OPEN, RST, ICMP = Answer(Kind.OPEN), Answer(Kind.RST), Answer(Kind.ICMP)


def of(service=None, cls=None, controls=None, sample=None):
    """The same answer from all ports of a role; None is silence."""
    given = zip((ASKED.services, ASKED.cls, ASKED.controls, ASKED.sample), (service, cls, controls, sample))
    return {port: answer for ports, answer in given if answer for port in ports}


class ReadingTest(unittest.TestCase):
    def verdict(self, answers, ambiguous="inconclusive"):
        return read(answers, ASKED, ambiguous)

    def test_an_open_cls_port_is_an_exposure(self):
        self.assertEqual(self.verdict(of(OPEN, sample=RST) | {50002: OPEN}), "cls-exposed")

    def test_open_control_ports_show_a_middlebox(self):
        self.assertEqual(self.verdict(of(OPEN, OPEN, OPEN, OPEN)), "inconclusive")
        self.assertEqual(self.verdict(of(OPEN, OPEN, None, OPEN) | {40000: OPEN}), "inconclusive")

    def test_another_open_port_of_the_range_is_a_relay_port(self):
        self.assertEqual(self.verdict(of(OPEN) | {51000: OPEN}), "media-range-open")

    def test_refusals_inside_against_silence_or_icmp_outside_show_an_open_range(self):
        for outside in (None, ICMP):
            self.assertEqual(self.verdict(of(OPEN, RST, outside, RST)), "media-range-open")

    def test_refusals_alike_inside_and_outside_are_ambiguous_without_a_ttl(self):
        for reading in ("closed", "media-range-open"):
            self.assertEqual(self.verdict(of(OPEN, RST, RST, RST), reading), reading)

    def test_the_services_ttl_tells_whose_the_refusals_are(self):
        service, host, other = Answer(Kind.OPEN, 116), Answer(Kind.RST, 116), Answer(Kind.RST, 57)
        self.assertEqual(self.verdict(of(service, host, other, host)), "media-range-open")
        self.assertEqual(self.verdict(of(service, host, host, host)), "media-range-open")
        self.assertEqual(self.verdict(of(service, other, other, other)), "closed")

    def test_any_other_answer_shows_a_closed_range_and_none_shows_nothing(self):
        self.assertEqual(self.verdict(of(OPEN)), "closed")
        self.assertEqual(self.verdict(of(OPEN, ICMP, ICMP, ICMP)), "closed")
        self.assertEqual(self.verdict(of(None, None, RST, None)), "closed")
        self.assertEqual(self.verdict({}), "inconclusive")


if __name__ == "__main__":
    unittest.main()
