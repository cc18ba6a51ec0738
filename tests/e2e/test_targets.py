"""Whatever form a target has, it is found, probed once and reported under every name."""

from harness import lab
from harness.case import BRISK, EndToEnd

LAB = "small"


class Names(EndToEnd):
    def test_every_address_of_a_name_is_probed(self):
        survey = self.scan("several.example", "dual.example", *BRISK)
        self.assertEqual(survey.target("several.example")["addresses"], ["198.18.2.1", "198.18.2.3"])
        self.assertEqual(set(survey.target("dual.example")["addresses"]), {"198.18.2.1", "2001:db8:50:2::3"})
        self.assertEqual(survey.addresses, {"198.18.2.1", "198.18.2.3", "2001:db8:50:2::3"})

    def test_a_target_is_as_bad_as_the_worst_of_its_addresses(self):
        survey = self.scan("several.example", *BRISK)
        self.assertEqual(survey.verdicts, {"198.18.2.1": "cls-exposed", "198.18.2.3": "closed"})
        self.assertEqual(survey.target("several.example")["verdict"], "cls-exposed")

    def test_an_address_of_many_names_is_probed_once_and_reported_under_each(self):
        names = ["exposed.example", "alias.example", "EXPOSED.example", "several.example"]
        survey = self.scan(*names, "198.18.2.1", "198.18.2.0-1", *BRISK)
        self.assertEqual(survey.host("198.18.2.1")["names"], names)
        self.assertEqual([row["target"] for row in survey.rows if row["address"] == "198.18.2.1"],
                         [*names, "198.18.2.1", "198.18.2.0-1"])

    def test_ipv4_alone_is_probed_when_asked_for(self):
        survey = self.scan("-4", "dual.example", "exposed6.example", "2001:db8:50:2::3", *BRISK)
        self.assertEqual(survey.addresses, {"198.18.2.1"})
        self.assertEqual(survey.target("exposed6.example")["skipped"], "no-address")

    def test_ipv6_alone_is_probed_when_asked_for(self):
        survey = self.scan("-6", "dual.example", "exposed.example", "198.18.2.3", *BRISK)
        self.assertEqual(survey.addresses, {"2001:db8:50:2::3"})
        self.assertEqual(survey.target("198.18.2.3")["skipped"], "no-address")

    def test_an_international_name_is_looked_up_in_its_ascii_form_and_shown_as_written(self):
        survey = self.scan("bücher.example", *BRISK)
        self.assertEqual(survey.host("198.18.2.7")["names"], ["bücher.example"])
        self.assertIn("bücher.example", survey.stdout)

    def test_a_name_server_that_is_dead_gives_way_to_the_next(self):
        survey = self.scan("exposed.example", "--resolver", lab.RESOLVER_V6, "--dns-timeout", "300ms", *BRISK,
                           resolver=lab.DEAD_RESOLVER)
        self.assertEqual(survey.verdicts, {"198.18.2.1": "cls-exposed"})

    def test_the_resolver_of_the_system_is_asked_when_none_is_named(self):
        finished = self.run_it("scan", "exposed.example", "--pace", "fast", "-o", "-.csv", "-q", *BRISK)
        self.assertIn("exposed.example,198.18.2.1,cls-exposed,", finished.stdout)


class Blocks(EndToEnd):
    def test_blocks_and_ranges_in_every_notation_are_probed_to_the_last_address(self):
        survey = self.scan("198.18.3.0/29", "198.18.3.8-11", "198.18.3.12-198.18.3.13", "2001:db8:50:2::/127", *BRISK)
        self.assertEqual(survey.addresses, {f"198.18.3.{n}" for n in range(14)} | {"2001:db8:50:2::", "2001:db8:50:2::1"})
        expected = ["cls-exposed", "closed", "inconclusive", "media-range-open"] * 4
        self.assertEqual([survey.verdicts[f"198.18.3.{n}"] for n in range(14)], expected[:14])
        self.assertEqual(survey.verdicts["2001:db8:50:2::1"], "cls-exposed")

    def test_blocks_that_overlap_are_probed_once(self):
        survey = self.scan("198.18.3.0/30", "198.18.3.2/31", "198.18.3.1", *BRISK)
        self.assertEqual([host["address"] for host in survey.result["hosts"]], [f"198.18.3.{n}" for n in range(4)])
        self.assertEqual(len(survey.rows), 4 + 2 + 1)


class Files(EndToEnd):
    def test_a_file_from_windows_reads_like_any_other(self):
        folder = self.folder()
        self.write(folder, "edges.txt", "\ufeff# our Edges\r\nexposed.example org=Contoso\r\n\r\nclosed.example\r\n")
        survey = self.scan("-t", "edges.txt", *BRISK, folder=folder)
        self.assertEqual([(t["name"], t["source"], t["line"]) for t in survey.result["targets"]],
                         [("exposed.example", "edges.txt", 2), ("closed.example", "edges.txt", 4)])

    def test_targets_come_from_standard_input_too(self):
        survey = self.scan("-t", "-", *BRISK, stdin="exposed.example\n198.18.2.3\n")
        self.assertEqual(survey.verdicts, {"198.18.2.1": "cls-exposed", "198.18.2.3": "closed"})
        self.assertEqual({target["source"] for target in survey.result["targets"]}, {"<stdin>"})

    def test_tags_stand_in_every_result(self):
        folder = self.folder()
        self.write(folder, "edges.txt", 'exposed.example org="Contoso, Ltd." role=av  # the one in Leeds\n')
        survey = self.scan("-t", "edges.txt", *BRISK, folder=folder)
        self.assertEqual(survey.target("exposed.example")["tags"], {"org": "Contoso, Ltd.", "role": "av"})
        self.assertEqual(survey.rows[0]["tags"], 'org="Contoso, Ltd." role=av')

    def test_files_and_arguments_add_up_in_their_order(self):
        folder = self.folder()
        self.write(folder, "a.txt", "closed.example\n")
        self.write(folder, "b.txt", "passes.example\n")
        survey = self.scan("exposed.example", "-t", "a.txt", "-t", "b.txt", *BRISK, folder=folder)
        self.assertEqual([row["target"] for row in survey.rows], ["exposed.example", "closed.example", "passes.example"])


class Failures(EndToEnd):
    def test_each_way_in_which_a_name_can_fail_has_its_own_reason(self):
        survey = self.scan("gone.example", "empty.example", "silent.example", "broken.example", "closed.example",
                           "--dns-timeout", "300ms", *BRISK, status=3)
        self.assertEqual({t["name"]: t["skipped"] for t in survey.result["targets"]}, {
            "gone.example": "nxdomain", "empty.example": "no-address", "silent.example": "dns-timeout",
            "broken.example": "dns-failure", "closed.example": None})

    def test_a_name_that_does_not_exist_is_an_answer_and_the_survey_is_whole(self):
        survey = self.scan("gone.example", "empty.example", "closed.example", *BRISK, status=0)
        self.assertTrue(survey.result["run"]["complete"])
