"""A client that is cut off mid-scan blames itself, not the hosts."""

import subprocess

from harness import lab
from harness.case import EndToEnd

LAB = "small"


class CutOff(EndToEnd):
    """One test: the interface's routes are gone for good."""

    def test_an_interface_that_goes_down_is_a_local_error_and_what_was_seen_before_still_counts(self):
        folder = self.folder()
        running = self.start_scan("198.18.3.0/27", "--host-rate", "20", folder=folder)
        lab.wait_for_syns(32 * 13)  # of each: services, CLS, controls and a first port of the sample
        subprocess.run(["ip", "link", "set", lab.INTERFACE, "down"], check=True)
        survey = self.finish(running, folder, status=3, on_wire=False)
        self.assertFalse(survey.result["run"]["complete"])
        self.assertGreater(survey.result["summary"]["probes"]["unknown"], 32 * 25)  # of half of the sample, and the controls
        self.assertTrue(all("local-error" in host["reasons"] for host in survey.result["hosts"]))
        # Of the block's four cases: the agent was seen; silence proves nothing; nor does that of a dead host; and the
        # range did answer.
        expected = ["cls-exposed", "inconclusive", "inconclusive", "media-range-open"] * 8
        self.assertEqual([host["verdict"] for host in survey.result["hosts"]], expected)
