"""Reads masscan's lines of JSON (-oD): a line for each answer that it counts, none for silence.

masscan 1.3.2 shows SYN-ACKs and RSTs; ICMP errors to its SYNs it drops, so they read as silence. The TTL that it shows
for an IPv6 packet is that of whatever IPv4 packet it saw before, so it is left out.
"""

from __future__ import annotations

import json
from ipaddress import ip_address

from .answers import Answer, Hosts, Kind

KINDS = {"open": Kind.OPEN, "closed": Kind.RST}


def parse(lines: str) -> Hosts:
    """A last line that was cut off is left out: masscan is ended by its time limit."""
    hosts: Hosts = {}
    for line in lines.splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        kind = KINDS.get(record.get("data", {}).get("status"))
        if record.get("rec_type") != "status" or kind is None:
            continue
        address = ip_address(record["ip"])
        ports = hosts.setdefault(str(address), {})
        if record["port"] not in ports or kind is Kind.OPEN:  # a retry's answer adds nothing, but open beats closed
            ports[record["port"]] = Answer(kind, record["data"].get("ttl") if address.version == 4 else None)
    return hosts
