import unittest

from scoreboard.ports import parse_dry_run, parse_ports, parse_spans

DRY_RUN = """\
Targets:
  198.18.0.1

Ports (seed 1):
  services  443,3478,5061
  CLS       50001-50003
  controls  25443,64187
  sample    50011,50248

1 host: 10 probes, retries not counted.
"""


class PortsTest(unittest.TestCase):
    def test_a_dry_run_names_the_ports_of_every_role(self):
        asked = parse_dry_run(DRY_RUN)
        self.assertEqual(asked.services, (443, 3478, 5061))
        self.assertEqual(asked.cls, (50001, 50002, 50003))
        self.assertEqual(asked.controls, (25443, 64187))
        self.assertEqual(asked.sample, (50011, 50248))
        self.assertEqual(asked.text(), "443,3478,5061,25443,50001,50002,50003,50011,50248,64187")

    def test_a_dry_run_without_its_ports_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "controls"):
            parse_dry_run(DRY_RUN.replace("controls", "others"))

    def test_ports_are_single_or_ranges_and_nothing_else(self):
        self.assertEqual(parse_ports("1,3-5"), (1, 3, 4, 5))
        for text in ("", "a", "1-", "1;2"):
            with self.assertRaises(ValueError):
                parse_ports(text)

    def test_spans_come_in_ascending_order(self):
        self.assertEqual(parse_spans(["55000", "50000-52999"]), [(50000, 52999), (55000, 55000)])


if __name__ == "__main__":
    unittest.main()
