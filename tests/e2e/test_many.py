"""Ten thousand addresses are surveyed in little memory."""

import re

from harness import lab
from harness.case import EndToEnd

LAB = "ten-thousand"
LIMIT_KB = 100 * 1000

# Runs a command, and then says on stderr how much memory it held at most.
MEASURE = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
print("peak:", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, "kB", file=sys.stderr)
sys.exit(status)
"""


class Many(EndToEnd):
    def test_ten_thousand_addresses_are_judged_within_100_mb(self):
        survey = self.scan("-t", lab.TARGETS, "--sample", "4", "--retries", "0", prefix=("python3", "-c", MEASURE))
        peak = int(re.search(r"peak: (\d+) kB", survey.stderr)[1])
        print(f"peak memory for 10,000 addresses: {peak / 1000:.0f} MB")
        self.assertLess(peak, LIMIT_KB)
        verdicts = {name: found["count"] for name, found in survey.result["summary"]["verdicts"].items()}
        self.assertEqual(verdicts, {"cls-exposed": 1000, "media-range-open": 1000, "closed": 3000, "inconclusive": 5000})
