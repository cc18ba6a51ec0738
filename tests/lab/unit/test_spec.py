import unittest

from edgelab import spec
from edgelab.namespaces import LabError
from edgelab.nft import host_maps
from edgelab.truth_file import ground_truth


class SpecTest(unittest.TestCase):
    def test_the_survey_has_the_shares_of_2015_and_is_the_same_every_time(self):
        survey, again = spec.load("survey-2015"), spec.load("survey-2015")
        self.assertEqual(survey.hosts, again.hosts)
        verdicts = [host["verdict"] for host in ground_truth(survey)["hosts"]]
        self.assertEqual((len(verdicts), verdicts.count("cls-exposed")), (250, 63))
        self.assertEqual(survey.targets()[0], "edge.org001.example org=Org001")

    def test_every_case_occurs_in_the_cases_over_both_families(self):
        hosts = spec.load("cases").hosts
        for version, marker in ((4, "."), (6, ":")):
            missing = set(spec.CASES) - {host.case.name for host in hosts if marker in host.address}
            self.assertEqual(missing, set() if version == 4 else {"relay-coturn"})

    def test_the_blocks_of_the_big_spec_are_its_ten_thousand_addresses(self):
        from ipaddress import ip_network

        big = spec.load("ten-thousand")
        given = sum(ip_network(block).num_addresses for block in big.targets())
        self.assertEqual((given, len(big.hosts)), (10000, 10000))

    def test_a_chain_of_aliases_ends_at_the_hosts_address(self):
        resolved = spec.load("cases").resolved()
        self.assertEqual(resolved["alias.contoso.example"], resolved["a.example"])

    def test_a_host_outside_the_labs_blocks_is_refused(self):
        with self.assertRaisesRegex(LabError, "outside the lab's blocks"):
            spec.parse({"hosts": [{"case": "A", "address": "192.168.1.1"}]})

    def test_an_unknown_case_is_refused_with_those_that_there_are(self):
        with self.assertRaisesRegex(LabError, "no case 'Z'; there are A, A-no-agent"):
            spec.parse({"hosts": [{"case": "Z", "address": "198.18.0.1"}]})

    def test_two_hosts_cannot_have_one_address(self):
        with self.assertRaisesRegex(LabError, "to two hosts"):
            spec.parse({"hosts": [{"case": "A", "address": "2001:db8:50::1"},
                                  {"case": "B", "address": "2001:db8:50:0::1"}]})


class MapTest(unittest.TestCase):
    def test_neighbours_with_one_case_are_one_element_of_the_map(self):
        text = host_maps({"198.18.0.1": 1, "198.18.0.2": 1, "198.18.0.3": 2, "2001:db8:50::1": 2})
        self.assertIn("198.18.0.1-198.18.0.2 : 1,\n      198.18.0.3 : 2", text)
        self.assertIn("2001:db8:50::1 : 2", text)


if __name__ == "__main__":
    unittest.main()
