"""tests/lab/compare RESULT.json TRUTH.json: how a scanner's verdicts compare with what the lab really is."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path


@dataclass(frozen=True)
class Wrong:
    what: str  # an address or a target
    case: str
    expected: str
    found: str


def compare(result: dict, truth: dict) -> list[Wrong]:
    return _wrong_hosts(result, truth) + _wrong_targets(result, truth)


def _wrong_hosts(result: dict, truth: dict) -> list[Wrong]:
    found = {str(ip_address(host["address"])): host for host in result["hosts"]}
    expected = {host["address"]: host for host in truth["hosts"]}
    wrong = []
    for address, host in expected.items():
        wanted = f'{host["verdict"]} ({" or ".join(host["reasons"])})'
        seen = found.get(address)
        if seen is None:
            wrong.append(Wrong(address, host["case"], wanted, "missing from the result"))
        elif seen["verdict"] != host["verdict"] or seen["reason"] not in host["reasons"]:
            wrong.append(Wrong(address, host["case"], wanted, f'{seen["verdict"]} ({seen["reason"]})'))
    for address in found.keys() - expected.keys():
        wrong.append(Wrong(address, "-", "no such host", found[address]["verdict"]))
    return wrong


def _wrong_targets(result: dict, truth: dict) -> list[Wrong]:
    found = {target["name"]: target.get("skipped") for target in result.get("targets", [])}
    expected = {target["target"]: target["reason"] for target in truth["skipped"]}
    resolved = {target["name"]: set(target.get("addresses", [])) for target in result.get("targets", [])}
    wrong = [Wrong(name, "-", f"skipped ({reason})", f"skipped ({found[name]})" if found.get(name) else "not skipped")
             for name, reason in expected.items() if found.get(name) != reason]
    wrong += [Wrong(name, "-", "not skipped", f"skipped ({reason})")
              for name, reason in found.items() if reason and name not in expected]
    for target in truth["targets"]:
        seen = resolved.get(target["target"], set(target["addresses"]))
        if seen != set(target["addresses"]):
            wrong.append(Wrong(target["target"], "-", " ".join(target["addresses"]), " ".join(sorted(seen)) or "no address"))
    return wrong


def summary(result: dict, truth: dict) -> list[str]:
    """Rows: the truth. Columns: what was found."""
    found = {str(ip_address(host["address"])): host["verdict"] for host in result["hosts"]}
    pairs = Counter((host["verdict"], found.get(host["address"], "missing")) for host in truth["hosts"])
    columns = sorted({seen for _, seen in pairs})
    width = max(len("truth"), *(len(name) for pair in pairs for name in pair)) + 2
    lines = ["truth".ljust(width) + "".join(name.rjust(width) for name in columns)]
    for row in sorted({wanted for wanted, _ in pairs}):
        lines.append(row.ljust(width) + "".join(str(pairs[row, column] or "-").rjust(width) for column in columns))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(prog="compare", description="Compares a result with the lab's ground truth. "
                                     "Ends with 0 if every verdict and reason is right, else with 1.")
    parser.add_argument("result", type=Path)
    parser.add_argument("truth", type=Path)
    options = parser.parse_args()
    result, truth = json.loads(options.result.read_text()), json.loads(options.truth.read_text())
    wrong = compare(result, truth)
    for line in summary(result, truth):
        print(line)
    for error in wrong:
        print(f"wrong: {error.what} [{error.case}]: expected {error.expected}, found {error.found}")
    hosts = len(truth["hosts"])
    print(f"{hosts} hosts, {len(truth['skipped'])} targets to be skipped: {len(wrong) or 'none'} wrong")
    return 1 if wrong else 0
