"""The scanners that are compared: how each is called on a farm, and how its output is read.

Commands run in the folder of their run, a folder below the farm's. All commands of a scanner run at the same time: nmap
and masscan want a process for each address family.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import masscan, nmap
from .answers import Hosts
from .farm import Farm
from .finding import MISSING, Finding, parse_result
from .reading import AMBIGUOUS, read

Command = list[str]
Findings = dict[str, Finding]


@dataclass(frozen=True)
class Scanner:
    name: str
    title: str
    limit_s: int  # of wall time; then the run is given up
    commands: Callable[[Farm], list[Command]]
    # The findings, by the reading of what is ambiguous; a scanner with verdicts of its own needs no reading.
    findings: Callable[[Farm, Path], dict[str, Findings]]
    version: Command | None = None  # of a peer: how to ask for it
    is_peer: bool = True
    slow: bool = False  # minutes a farm: one seed is enough of that, unless it is asked for


def edgesurvey(pace: str) -> Scanner:
    def commands(farm: Farm) -> list[Command]:
        return [["edgesurvey", "scan", "-t", "../v4.targets", "-t", "../v6.targets", "--pace", pace,
                 "--seed", str(farm.conditions.seed), "--no-progress", "--quiet", "-o", "result.json"]]

    def findings(_: Farm, folder: Path) -> dict[str, Findings]:
        return {"": parse_result(json.loads((folder / "result.json").read_text()))}

    return Scanner(f"edgesurvey-{pace}", f"edgesurvey, {pace} pace", 7200, commands, findings, is_peer=False)


def nmap_with(name: str, title: str, *options: str, slow: bool = False) -> Scanner:
    """-vvv: or ports of a kind are summed up, and the TTL of their answers is not shown."""
    def commands(farm: Farm) -> list[Command]:
        return [["nmap", *(["-6"] if family == "v6" else []), "-n", "-Pn", *options, "--reason", "-vvv",
                 "-p", farm.asked.text(), "-iL", f"../{family}.targets", "-oX", f"{family}.xml"]
                for family, addresses in farm.addresses.items() if addresses]

    def hosts(farm: Farm, folder: Path) -> Hosts:
        found: Hosts = {}
        for family, addresses in farm.addresses.items():
            if addresses:
                found |= nmap.parse((folder / f"{family}.xml").read_text())
        return found

    return Scanner(name, title, 600, commands, _read_by(hosts, silent_are_listed=True), ["nmap", "--version"],
                   slow=slow)


MASSCAN_HOST_RATE = 4  # SYNs a second to one host, as edgesurvey's default pace
MASSCAN_RETRIES = 1
MASSCAN_REST_S = 5  # after the last SYN


def masscan_bounded() -> Scanner:
    """masscan 1.3.2 only notices that its time is up when a packet comes in, and a quiet farm sends none: so it has a
    time limit, worked out from what it has to send, and its output must not stay in a buffer.
    """
    def commands(farm: Farm) -> list[Command]:
        found = []
        for family, addresses in farm.addresses.items():
            rate = MASSCAN_HOST_RATE * len(addresses)
            # It spaces retries by a second, and sends its first second's worth again to do so.
            packets = (len(farm.asked.all()) * len(addresses) + MASSCAN_RETRIES * rate) * (1 + MASSCAN_RETRIES)
            source = ["--source-ip", farm.client_v6] if family == "v6" else []
            if addresses:
                found.append(["timeout", str(packets // rate + 1 + MASSCAN_REST_S), "stdbuf", "-oL", "masscan",
                              "-iL", f"../{family}.targets", "-p", farm.asked.text(), "-e", "farm0", *source,
                              "--rate", str(rate), "--retries", str(MASSCAN_RETRIES), "--wait", "0",
                              "--show", "open,closed", "-oD", "-"])
        return found

    def hosts(_: Farm, folder: Path) -> Hosts:
        return masscan.parse("".join(path.read_text() for path in sorted(folder.glob("*.stdout"))))

    return Scanner("masscan", "masscan", 600, commands, _read_by(hosts, silent_are_listed=False),
                   ["masscan", "--version"])


def _read_by(hosts: Callable[[Farm, Path], Hosts], silent_are_listed: bool) -> Callable[[Farm, Path], dict[str, Findings]]:
    def findings(farm: Farm, folder: Path) -> dict[str, Findings]:
        seen = hosts(farm, folder)
        listed = seen.keys() if silent_are_listed else farm.truth.keys()
        return {ambiguous: {address: Finding(read(seen.get(address, {}), farm.asked, ambiguous))
                            if address in listed else MISSING for address in farm.truth}
                for ambiguous in AMBIGUOUS}

    return findings


TUNED = ("-T4", "--max-retries", "2", "--min-hostgroup", "1024", "--min-parallelism", "300")

PEERS = (
    nmap_with("nmap-connect", "nmap -sT", "-sT", slow=True),
    nmap_with("nmap-connect-tuned", "nmap -sT, tuned", "-sT", *TUNED),
    nmap_with("nmap-syn-tuned", "nmap -sS, tuned", "-sS", *TUNED),
    masscan_bounded(),
)
