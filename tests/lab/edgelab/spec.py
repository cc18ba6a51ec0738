"""Reads a spec: which hosts there are, by what names, and what the scanner is given as targets.

A spec is one JSON object:
  hosts    [{case, address, names?: [name], tags?: {key: value}}]     single hosts
  blocks   [{cases: [case, ...], first, count}]                       many hosts, the cases in turn
  survey   {seed, first, name, cases: {case: count}}                  hosts in random order, named by a pattern
  names    [{name, addresses? | first?, count? | cname? | server?, skipped?}]   names of no single host;
                                                                      skipped: why they must not be scanned
  targets  ["block or name key=value ..."]                            in place of one line for each host and name
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from edgelab import topology
from edgelab.cases import CASES, Case
from edgelab.namespaces import LabError

SPECS = Path(__file__).resolve().parent.parent / "specs"


@dataclass(frozen=True)
class Host:
    address: str
    case: Case
    names: tuple[str, ...] = ()
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Name:
    """A name that is not simply a host's: it fails, or is an alias, or has several addresses."""

    name: str
    addresses: tuple[str, ...] = ()
    cname: str = ""
    server: str = ""  # a failing resolver that the question is passed to
    skipped: str = ""  # the reason with which a scanner must skip it


@dataclass
class Spec:
    hosts: list[Host] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    target_lines: list[str] = field(default_factory=list)

    def cases(self) -> dict[int, Case]:
        """The cases in use, numbered from 1: the mark that stands for each in the firewalls."""
        in_use = {host.case.name for host in self.hosts}
        return dict(enumerate((case for case in CASES.values() if case.name in in_use), start=1))

    def marks(self) -> dict[str, int]:
        number = {case.name: mark for mark, case in self.cases().items()}
        return {host.address: number[host.case.name] for host in self.hosts}

    def resolved(self) -> dict[str, set[str]]:
        """The addresses of every name that is to be scanned."""
        found: dict[str, set[str]] = {}
        for host in self.hosts:
            for name in host.names:
                found.setdefault(name, set()).add(host.address)
        aliases = [name for name in self.names if name.cname and not name.skipped]
        for name in self.names:
            if name.addresses and not name.skipped:
                found.setdefault(name.name, set()).update(name.addresses)
        for _ in aliases:  # a chain is no longer than there are aliases
            found |= {alias.name: found[alias.cname] for alias in aliases if alias.cname in found}
        return found

    def targets(self) -> list[str]:
        if self.target_lines:
            return self.target_lines
        of_hosts = [" ".join([name, *(f"{k}={v}" for k, v in host.tags)])
                    for host in self.hosts for name in host.names or (host.address,)]
        return of_hosts + [name.name for name in self.names]


def load(name_or_path: str) -> Spec:
    path = Path(name_or_path)
    if not path.exists():
        path = SPECS / f"{name_or_path}.json"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in SPECS.glob("*.json")))
        raise LabError(f"lab: no spec {name_or_path!r}: give a file, or one of {known}")
    return parse(json.loads(path.read_text()))


def parse(document: dict) -> Spec:
    spec = Spec()
    for entry in document.get("hosts", []):
        spec.hosts.append(_host(entry["address"], entry["case"], entry.get("names", []), entry.get("tags", {})))
    for block in document.get("blocks", []):
        spec.hosts += _block(block)
    if "survey" in document:
        spec.hosts += _survey(document["survey"])
    for entry in document.get("names", []):
        spec.names.append(_name(entry))
    spec.target_lines = document.get("targets", [])
    addresses = [host.address for host in spec.hosts]
    if len(set(addresses)) != len(addresses):
        raise LabError("lab: the spec gives an address to two hosts")
    return spec


def _host(address: str, case: str, names: list[str] = (), tags: dict[str, str] = {}) -> Host:
    if case not in CASES:
        raise LabError(f"lab: no case {case!r}; there are {', '.join(CASES)}")
    if not topology.is_host_address(address):
        raise LabError(f"lab: {address} is outside the lab's blocks {topology.HOSTS_V4} and {topology.HOSTS_V6}")
    return Host(str(ip_address(address)), CASES[case], tuple(names), tuple(tags.items()))


def _name(entry: dict) -> Name:
    addresses = list(entry.get("addresses", []))
    if "first" in entry:
        addresses += _consecutive(entry["first"], entry["count"])
    fields = {key: value for key, value in entry.items() if key in ("name", "cname", "server", "skipped")}
    return Name(addresses=tuple(addresses), **fields)


def _consecutive(first: str, count: int) -> list[str]:
    return [str(ip_address(first) + i) for i in range(count)]


def _block(block: dict) -> list[Host]:
    kinds = block["cases"]
    return [_host(address, kinds[i % len(kinds)])
            for i, address in enumerate(_consecutive(block["first"], block["count"]))]


def _survey(survey: dict) -> list[Host]:
    """The same seed gives the same hosts. An organisation has one Edge, `name` is formatted with its number."""
    kinds = [case for case, count in survey["cases"].items() for _ in range(count)]
    random.Random(survey["seed"]).shuffle(kinds)
    addresses = _consecutive(survey["first"], len(kinds))
    return [_host(address, case, [survey["name"].format(i)], {"org": f"Org{i:03}"})
            for i, (address, case) in enumerate(zip(addresses, kinds), start=1)]
