"""No host ever sees more than its pace, and the perimeter never more than the total."""

from harness.case import BRISK, EndToEnd

LAB = "small"
LEAN = ("--sample", "1", "--retries", "0")


class Pace(EndToEnd):
    """Every scan of every test is held against the perimeter's clock (checks.pace_is_kept); here it is the point, and
    the pace must also be used."""

    def test_normal_is_4_a_second_to_a_host_and_20_in_5_seconds(self):
        survey = self.scan("198.18.2.0/28", "--sample", "8", "--retries", "0", pace="normal")
        busiest = max(counted["max_5s"] for counted in survey.seen["hosts"].values())
        self.assertIn(busiest, range(16, 22))

    def test_polite_is_1_a_second_to_a_host_and_50_in_all(self):
        survey = self.scan("198.18.3.0/26", *LEAN, pace="polite")
        self.assertLessEqual(max(counted["max_5s"] for counted in survey.seen["hosts"].values()), 5 + 1)
        self.assertIn(survey.seen["total"]["max_1s"], range(40, 52))

    def test_fast_is_100_a_second_to_a_host(self):
        survey = self.scan("198.18.3.0/27", "--sample", "200", *BRISK)
        self.assertIn(max(counted["max_1s"] for counted in survey.seen["hosts"].values()), range(50, 102))

    def test_rates_of_ones_own_are_kept_too(self):
        survey = self.scan("198.18.3.0/25", "--rate", "400", "--host-rate", "7.5", *LEAN)
        self.assertEqual(survey.result["run"]["pace"], "custom")
        self.assertIn(survey.seen["total"]["max_1s"], range(300, 402))

    def test_syns_that_the_kernel_resends_count_against_the_pace(self):
        survey = self.scan("198.18.3.0/28", "--timeout", "2s", "--host-rate", "10", "--sample", "8", "--retries", "1")
        total = survey.seen["total"]["syns"]
        self.assertGreater(total, survey.result["summary"]["probes"]["attempts"], "the kernel resent none")

    def test_retries_and_rechecks_count_against_the_pace(self):
        survey = self.scan("198.18.3.0-3", "--host-rate", "10", "--sample", "10", "--retries", "3", "--timeout", "300ms")
        self.assertGreater(survey.result["summary"]["probes"]["attempts"], survey.result["summary"]["probes"]["planned"])
