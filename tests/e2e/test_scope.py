"""Nothing outside the scope is ever probed, whatever a record says."""

import socket

from harness.case import BRISK, EndToEnd

LAB = "small"
THIRD_PARTY, THIRD_PARTY_V6 = "198.18.2.200", "2001:db8:50:2::200"


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

    def test_a_record_that_leads_out_of_scope_over_ipv6_or_an_alias_is_not_followed(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "198.18.2.0/28\n2001:db8:50:2::/125\n*.example\n")
        survey = self.scan("moved6.example", "half-moved6.example", "moved-alias.example", "--scope", "scope.txt", *BRISK,
                           folder=folder)
        for name, third_party in ("moved6.example", THIRD_PARTY_V6), ("moved-alias.example", THIRD_PARTY):
            self.assertEqual(survey.target(name)["skipped"], "out-of-scope")
            self.assertIn(third_party, survey.target(name)["detail"])
        self.assertEqual(survey.target("half-moved6.example")["addresses"], ["2001:db8:50:2::3"])
        self.assertEqual(survey.addresses, {"2001:db8:50:2::3"})
        self.assertEqual((survey.syns_to(THIRD_PARTY), survey.syns_to(THIRD_PARTY_V6)), (0, 0))

    def test_an_ipv6_address_that_stands_for_an_ipv4_one_is_held_to_that_ones_scope(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "::/0\n198.18.2.0/28\n")
        survey = self.scan(f"::ffff:{THIRD_PARTY}", "198.18.2.3", "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual(survey.addresses, {"198.18.2.3"})
        self.assertEqual(survey.syns_to(THIRD_PARTY), 0)

    def test_a_scope_of_names_alone_is_an_error_where_a_target_is_a_name(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "# ours\n  moved.example\n*.closed.example\n")
        for words in (["moved.example"], [THIRD_PARTY, "closed.example"], ["moved.example", "--dry-run", "--resolve"]):
            with self.subTest(words):
                finished = self.run_it("scan", *words, "--scope", "scope.txt", folder=folder)
                self.assertEqual(finished.status, 2)
                self.assertRegex(finished.stderr, r"^scope\.txt:2:3: a scope of names alone .*0\.0\.0\.0/0 and ::/0")
                self.assert_sent_nothing(finished)

    def test_a_scope_of_names_alone_puts_every_address_out_of_scope(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "closed.example\n")
        survey = self.scan("198.18.2.3", THIRD_PARTY, "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual({t["skipped"] for t in survey.result["targets"]}, {"out-of-scope"})
        self.assert_sent_nothing(survey)

    def test_names_with_every_block_lead_where_dns_says(self):
        folder = self.folder()
        self.write(folder, "scope.txt", "moved.example\n0.0.0.0/0\n::/0\n")
        survey = self.scan("moved.example", "--scope", "scope.txt", *BRISK, folder=folder)
        self.assertEqual(survey.addresses, {THIRD_PARTY})

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
