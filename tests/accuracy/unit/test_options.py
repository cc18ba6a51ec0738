import contextlib
import io
import sys
import unittest

from scoreboard.main import command_line
from scoreboard.options import errands, parse

GIVEN = ["--edgesurvey", sys.executable, "--edgefarm", sys.executable, "--folder", "build/accuracy"]


def wanted(*arguments):
    return errands(parse([*GIVEN, *arguments]))


class OptionsTest(unittest.TestCase):
    def test_the_whole_has_every_scanner_on_the_small_farms_and_edgesurvey_on_the_large(self):
        small = {errand.scanner.name for errand in wanted() if errand.conditions.hosts == 250}
        large = {errand.scanner.name for errand in wanted() if errand.conditions.hosts == 2500}
        self.assertEqual(small, {"edgesurvey-normal", "edgesurvey-fast", "nmap-connect", "nmap-connect-tuned", "nmap-syn-tuned",
                                 "masscan"})
        self.assertEqual(large, {"edgesurvey-normal", "edgesurvey-fast"})
        self.assertTrue(parse(GIVEN).whole)

    def test_chosen_kinds_of_hosts_are_a_farm_of_their_own_and_not_the_whole(self):
        given = ["--only", "exposed-late,dead", "--hosts", "30", "--seeds", "19", "--loss", "0"]
        self.assertEqual({e.conditions.name() for e in wanted(*given)},
                         {"30-hosts-seed-19-loss-0-rtt-5-400-only-exposed-late-dead"})
        self.assertFalse(parse([*GIVEN, "--only", "dead"]).whole)

    def test_slow_peers_meet_one_seed_unless_they_are_asked_for(self):
        def seeds(*arguments):
            return {e.conditions.seed for e in wanted(*arguments) if e.scanner.name == "nmap-connect"}
        self.assertEqual(len(seeds()), 1)
        self.assertEqual(seeds("--peers", "nmap-connect", "--seeds", "5,6"), {5, 6})

    def test_quick_is_two_seeds_at_one_loss_against_tuned_nmap(self):
        found = wanted("--quick")
        self.assertEqual({(e.conditions.hosts, e.conditions.loss) for e in found}, {(250, "0.01")})
        self.assertEqual(len({e.conditions.seed for e in found}), 2)
        self.assertFalse({e.conditions.seed for e in found} & {e.conditions.seed for e in wanted()}, "those are kept unseen")
        self.assertEqual([e.scanner.name for e in found if e.scanner.is_peer], ["nmap-connect-tuned"] * 2)

    def test_what_is_asked_for_is_what_is_run(self):
        found = wanted("--hosts", "60", "--seeds", "7-8,11", "--loss", "0,0.05", "--pace", "fast", "--peers", "none")
        self.assertEqual([(e.conditions.loss, e.conditions.seed, e.scanner.name) for e in found],
                         [(loss, seed, "edgesurvey-fast") for loss in ("0", "0.05") for seed in (7, 8, 11)])

    def test_a_part_of_the_whole_leaves_out_what_takes_an_hour_unless_asked(self):
        def paces(*arguments):
            return {e.scanner.name for e in wanted(*arguments) if e.conditions.hosts == 2500}
        self.assertEqual(paces("--seeds", "5"), {"edgesurvey-fast"})
        self.assertEqual(paces("--seeds", "5", "--pace", "normal"), {"edgesurvey-normal"})

    def test_a_part_of_the_whole_is_not_published_unasked(self):
        self.assertFalse(parse([*GIVEN, "--quick"]).whole)
        self.assertFalse(parse([*GIVEN, "--loss", "0"]).whole)

    def test_nonsense_is_refused(self):
        for arguments in (["--pace", "slow"], ["--peers", "zmap"], ["--seeds", "x"], ["--loss", "2"], ["--hosts", "9-1"]):
            with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
                parse([*GIVEN, *arguments])

    def test_the_command_is_shown_as_it_was_typed(self):
        self.assertEqual(command_line([*GIVEN, "--quick", "--seeds", "1-2"]), "./dev accuracy --quick --seeds 1-2")


if __name__ == "__main__":
    unittest.main()
