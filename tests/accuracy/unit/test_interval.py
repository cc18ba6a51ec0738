import unittest

from scoreboard.interval import clopper_pearson


class IntervalTest(unittest.TestCase):
    def assert_interval(self, hits, of, low, high):
        found = clopper_pearson(hits, of)
        self.assertAlmostEqual(found[0], low, places=4)
        self.assertAlmostEqual(found[1], high, places=4)

    def test_none_and_all_have_the_closed_forms(self):
        self.assert_interval(0, 64, 0, 1 - 0.025 ** (1 / 64))
        self.assert_interval(64, 64, 0.025 ** (1 / 64), 1)

    def test_the_share_of_the_survey_of_2015_is_the_one_in_the_design(self):
        self.assert_interval(63, 250, 0.1994, 0.3106)

    def test_the_limits_of_large_samples_are_found_as_well(self):
        low, high = clopper_pearson(39_900, 40_000)
        self.assertTrue(0.9969 < low < 0.9975 < high < 0.998)

    def test_nothing_asked_is_nothing_known(self):
        self.assertEqual(clopper_pearson(0, 0), (0.0, 1.0))


if __name__ == "__main__":
    unittest.main()
