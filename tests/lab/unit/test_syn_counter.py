import unittest

from edgelab.syn_counter import Tally, most_within


def frame(port: int, sequence: int, source_port: int = 40000, version: int = 4) -> bytes:
    tcp = source_port.to_bytes(2, "big") + port.to_bytes(2, "big") + sequence.to_bytes(4, "big")
    if version == 4:
        return bytes(12) + b"\x08\x00" + b"\x45" + bytes(15) + bytes([198, 18, 0, 1]) + tcp
    return bytes(12) + b"\x86\xdd" + bytes(24) + bytes.fromhex("20010db8005000000000000000000001") + tcp


class WindowTest(unittest.TestCase):
    def test_a_window_holds_what_lies_within_its_length_and_not_what_lies_just_that_far_apart(self):
        self.assertEqual(most_within([0, 400, 999], 1000), 3)
        self.assertEqual(most_within([0, 400, 1000], 1000), 2)

    def test_the_busiest_window_counts_wherever_it_is(self):
        self.assertEqual(most_within([0, 5000, 5001, 5002, 9000], 10), 3)


class TallyTest(unittest.TestCase):
    def test_a_resent_syn_is_counted_as_a_syn_and_not_as_an_attempt(self):
        tally = Tally()
        for time, sequence in ((0, 1), (10**9, 1), (2 * 10**9, 2)):
            tally.count(time, frame(50001, sequence))
        self.assertEqual(tally.report()["hosts"]["198.18.0.1"],
                         {"syns": 3, "attempts": 2, "distinct_ports": 1, "max_1s": 1, "max_5s": 3})

    def test_ipv6_hosts_are_counted_under_their_address(self):
        tally = Tally()
        tally.count(0, frame(443, 1, version=6))
        tally.count(1, frame(444, 1, version=6))
        self.assertEqual(tally.report()["hosts"]["2001:db8:50::1"]["distinct_ports"], 2)


if __name__ == "__main__":
    unittest.main()
