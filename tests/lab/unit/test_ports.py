import unittest

from edgelab.ports import PortMap


class PortMapTest(unittest.TestCase):
    def test_later_paint_covers_earlier_paint_and_leaves_no_gap(self):
        painted = PortMap("drop").paint("50000-59999", "pass").paint("50001-50003,443", "rst")
        self.assertEqual(list(painted), [
            (0, 442, "drop"), (443, 443, "rst"), (444, 49999, "drop"), (50000, 50000, "pass"),
            (50001, 50003, "rst"), (50004, 59999, "pass"), (60000, 65535, "drop")])

    def test_each_port_has_the_value_of_its_range(self):
        painted = PortMap("drop").paint("50000-59999", "pass")
        self.assertEqual([painted.at(port) for port in (0, 49999, 50000, 59999, 60000)],
                         ["drop", "drop", "pass", "pass", "drop"])


if __name__ == "__main__":
    unittest.main()
