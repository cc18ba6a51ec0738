"""A dry run tells what would be probed, and sends nothing."""

import re

from harness import lab
from harness.case import BRISK, EndToEnd

LAB = "small"


class DryRun(EndToEnd):
    def test_nothing_is_sent_not_even_to_a_name_server(self):
        finished = self.run_it("scan", "--dry-run", "exposed.example", "198.18.3.0/24", "--resolver", lab.RESOLVER)
        self.assertEqual((finished.status, finished.stderr), (0, ""))
        self.assertIn("Nothing was probed.", finished.stdout)
        self.assertIn("257 hosts", finished.stdout)
        self.assert_sent_nothing(finished)

    def test_names_are_looked_up_when_asked_for_and_nothing_is_probed(self):
        finished = self.run_it("scan", "--dry-run", "--resolve", "several.example", "gone.example", "--resolver", lab.RESOLVER)
        self.assertEqual(finished.status, 0, finished.stderr)
        self.assertIn("several.example  198.18.2.1  198.18.2.3", finished.stdout)
        self.assertIn("gone.example  skipped: nxdomain", finished.stdout)
        self.assertIn("2 hosts", finished.stdout)
        self.assertEqual(finished.seen["total"]["syns"], 0)
        self.assertGreater(finished.seen["questions"], 0)

    def test_names_are_listed_in_the_order_of_the_input_however_long_each_takes(self):
        names = ["silent.example", "gone.example", "198.18.2.1", "several.example"]
        finished = self.run_it("scan", "--dry-run", "--resolve", *names, "--resolver", lab.RESOLVER, "--dns-timeout", "200ms")
        self.assertEqual(finished.status, 0, finished.stderr)
        self.assertEqual(re.findall(r"^  (\S+\.example|198\.18\.2\.1)(?:  |$)", finished.stdout, re.M), names)

    def test_no_file_is_made(self):
        folder = self.folder()
        self.run_it("scan", "--dry-run", "198.18.2.1", "-o", "result.json", folder=folder)
        self.assertEqual(list(folder.iterdir()), [])

    def test_the_ports_it_announces_are_those_that_a_scan_with_the_same_seed_asks(self):
        finished = self.run_it("scan", "--dry-run", "198.18.2.3", "--seed", "42", "--sample", "16")
        announced = {port for role in ("services", "CLS", "controls", "sample")
                     for port in ports(re.search(rf"{role} +(\S+)", finished.stdout)[1])}
        host = self.scan("198.18.2.3", "--sample", "16", *BRISK, seed=42).host("198.18.2.3")
        asked = {port["port"] for port in host["ports"]} | {p for group in host["extra"] for p in ports(group["ports"])}
        self.assertEqual(announced, asked)


def ports(text: str) -> list[int]:
    spans = [span.split("-") for span in text.split(",")]
    return [port for span in spans for port in range(int(span[0]), int(span[-1]) + 1)]
