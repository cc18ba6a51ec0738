"""Words that this project gave up for the field's own, and where they may still stand: in another sense, or because a reader of
our files relies on them. An engineer who searches for "liveness check" is to find all of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# The word given up, and what to write instead.
GIVEN_UP = {
    r"last words?": "closing checks",
    r"spells?": "loss burst",
    r"in haste|at leisure": "favour latency",
    r"agenda": "question",
    r"turned[ _]away": "refused in front",
    r"attribution": "refusal origin",
    r"dark|darkness": "stopped responding",
    r"ration(?:ed|ing|s)": "rate-limited",
    r"resting[ _]sockets?": "reusable socket",
    r"nameless[ _]files?": "anonymous temporary file",
    r"strangers'?[ _]text": "untrusted text",
    r"house|floors?|roof": "layers",
    r"brackets?": "liveness check",
}

# Files in which the word means something else, or is part of a format: word -> paths that end so.
ALLOWED = {
    r"brackets?": ("json_writer.hpp", "json_writer.cpp", "json_splitter.hpp", "address.hpp", "address.cpp", "address_diagnosis.cpp",
                   "host_or_block.cpp", "html_report.cpp", "policy_file_test.cpp", "options_test.cpp", "page.py", "inquiry.md",
                   "performance.md", "LICENSE",
                   # the key of the result's JSON
                   "edgesurvey-1.schema.json", "host_json_read.cpp", "host_json_write.cpp", "layers/words.py", ".json"),
    r"spells?": ("edge.ps1", "name_table.hpp", "spec_names.hpp", "probe_test.cpp"),
    r"dark|darkness": ("README.md", "html_report.cpp", "style.css", "plot.py", "html_browser_test.py", "changed_survey.cpp", ".svg"),
    r"attribution": ("LICENSE",),
    r"house|floors?|roof": ("plot.py", "policy_input.cpp", "nmap_host.cpp", "nmap_xml.cpp", "policy_json.cpp", "timestamp.cpp",
                            "deadline_wheel.cpp", "limits.cpp"),
}
NOT_READ = ("tests/golden/", "tests/layers/words")


def faults(root: Path, files: list[str]) -> list[str]:
    found = []
    for name in files:
        if name.startswith(NOT_READ):
            continue
        try:
            lines = (root / name).read_text().splitlines()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for word, instead in GIVEN_UP.items():
            if name.endswith(ALLOWED.get(word, ())):
                continue
            pattern = re.compile(rf"(?<![a-z])(?:{word})(?![a-z])", re.IGNORECASE)
            found += [f"{name}:{number}: '{match.group()}': write '{instead}'"
                      for number, line in enumerate(lines, 1) if (match := pattern.search(line))]
    return found


def main() -> int:
    root = Path(sys.argv[1]).resolve()
    listed = subprocess.run(["git", "ls-files"], cwd=root, check=True, text=True, stdout=subprocess.PIPE).stdout.splitlines()
    found = faults(root, listed)
    print("\n".join(found) or f"words: {len(listed)} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
