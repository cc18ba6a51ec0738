"""Nothing outside the scope is ever probed, whatever a record says."""

import socket

from harness.case import BRISK, EndToEnd

LAB = "small"
THIRD_PARTY = "198.18.2.200"


class Scope(EndToEnd):
    def test_a_record_that_leads_out_of_scope_is_not_followed(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "198.18.2.0/28\nmoved.example\n")
        survey = self.scan("moved.example", "closed.example", "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual(survey.target("moved.example")["skipped"], "out-of-scope")
        self.assertIn(THIRD_PARTY, survey.target("moved.example")["detail"])
        self.assertEqual(survey.syns_to(THIRD_PARTY), 0)
        self.assertEqual(survey.addresses, {"198.18.2.3"})

    def test_of_a_name_that_leads_half_out_of_scope_the_other_half_is_probed(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "198.18.2.0/28\n")
        survey = self.scan("half-moved.example", "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual(survey.addresses, {"198.18.2.3"})
        self.assertEqual(survey.target("half-moved.example")["addresses"], ["198.18.2.3"])
        self.assertEqual(survey.syns_to(THIRD_PARTY), 0)

    def test_a_scope_of_names_alone_asks_about_no_other_name(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "closed.example\n")
        survey = self.scan("exposed.example", THIRD_PARTY, "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual({t["skipped"] for t in survey.result["targets"]}, {"out-of-scope"})
        self.assert_sent_nothing(survey)

    def test_a_block_is_cut_to_what_the_scope_allows(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "198.18.3.4-6\n")
        survey = self.scan("198.18.3.0/28", "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual(survey.addresses, {"198.18.3.4", "198.18.3.5", "198.18.3.6"})

    def test_an_empty_scope_allows_nothing(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "# nothing yet\n")
        survey = self.scan("exposed.example", "198.18.2.3", "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual(survey.addresses, set())
        self.assertEqual(survey.seen["total"]["syns"], 0)


class Exclusions(EndToEnd):
    def test_an_excluded_address_is_not_probed_by_any_of_its_names(self):
        survey = self.scan("several.example", "exposed.example", "198.18.2.0/30", "--exclude", "198.18.2.1", *BRISK)
        self.assertEqual(survey.syns_to("198.18.2.1"), 0)
        self.assertEqual(survey.addresses, {"198.18.2.0", "198.18.2.2", "198.18.2.3"})
        self.assertEqual(survey.target("exposed.example")["skipped"], "excluded")

    def test_an_excluded_name_is_not_even_looked_up(self):
        survey = self.scan("exposed.example", "--exclude", "exposed.example", *BRISK)
        self.assertEqual(survey.target("exposed.example")["skipped"], "excluded")
        self.assert_sent_nothing(survey)

    def test_an_exclusion_file_counts_like_the_option(self):
        folder = self.folder()
        self.write(folder, "not-these.txt", "198.18.3.0/25\n198.18.3.130\n")
        survey = self.scan("198.18.3.126-131", "--exclude-file", "not-these.txt", *BRISK, folder=folder)
        self.assertEqual(survey.addresses, {"198.18.3.128", "198.18.3.129", "198.18.3.131"})


class Refusals(EndToEnd):
    def test_a_name_that_leads_inside_is_not_followed(self):
        survey = self.scan("internal.example", "loopback.example", *BRISK)
        self.assertEqual({t["skipped"] for t in survey.result["targets"]}, {"internal-address"})
        self.assertEqual(survey.addresses, set())

    def test_a_name_that_leads_inside_is_followed_when_that_is_allowed(self):
        with socket.create_server(("127.0.0.1", 443)):
            survey = self.scan("loopback.example", "--allow-internal", *BRISK)
        self.assertEqual(survey.host("127.0.0.1")["services"], {"443": "open", "3478": "closed", "5061": "closed"})

    def test_what_a_provider_hosts_is_left_alone_under_its_own_name_and_behind_an_alias(self):
        survey = self.scan("sip.online.lync.com", "hosted.example", *BRISK)
        self.assertEqual({t["skipped"] for t in survey.result["targets"]}, {"hosted-service"})
        self.assertEqual(survey.syns_to(THIRD_PARTY), 0)
