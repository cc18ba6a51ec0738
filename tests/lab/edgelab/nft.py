"""Words of the nftables language that both firewalls use."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Iterable

from edgelab.ports import PortMap

Address = IPv4Address | IPv6Address


def elements(lines: Iterable[str]) -> str:
    """An `elements` clause; nothing at all for an empty set, which nft's grammar wants."""
    listed = ",\n      ".join(lines)
    return f"elements = {{\n      {listed}\n    }}" if listed else ""


def port_verdicts(mark: int, painted: PortMap, verdicts: dict[str, str]) -> list[str]:
    """`mark . ports : verdict` for each range of the map."""
    return [f"{mark} . {first}-{last} : {verdicts[action]}" if last > first else f"{mark} . {first} : {verdicts[action]}"
            for first, last, action in painted]


def address_marks(marked: list[tuple[Address, int]]) -> list[str]:
    """`addresses : mark` of one family, neighbours with one mark as one range."""
    runs: list[tuple[Address, Address, int]] = []
    for address, mark in sorted(marked):
        if runs and runs[-1][1] + 1 == address and runs[-1][2] == mark:
            runs[-1] = (runs[-1][0], address, mark)
        else:
            runs.append((address, address, mark))
    return [f"{first} : {mark}" if first == last else f"{first}-{last} : {mark}" for first, last, mark in runs]


def host_maps(marks: dict[str, int]) -> str:
    """The two maps that turn a destination into its case's mark: one look-up, however many hosts there are."""
    parsed = [(ip_address(address), mark) for address, mark in marks.items()]
    of_family = {version: address_marks([(a, m) for a, m in parsed if a.version == version]) for version in (4, 6)}
    return f"""\
  map case4 {{
    type ipv4_addr : mark
    flags interval
    {elements(of_family[4])}
  }}
  map case6 {{
    type ipv6_addr : mark
    flags interval
    {elements(of_family[6])}
  }}"""
