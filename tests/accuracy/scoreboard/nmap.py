"""Reads nmap's XML (nmap.dtd): states and reasons of ports, one by one and summed up as extraports."""

from __future__ import annotations

from ipaddress import ip_address
from xml.etree import ElementTree

from .answers import Answer, Hosts, Kind, SILENCE
from .ports import parse_ports

NO_ANSWER = ("no-response", "no-responses")  # the latter where older versions sum up


def parse(xml: str) -> Hosts:
    """ElementTree.ParseError if nmap did not come to its end; ValueError of a version too old to list what it sums up."""
    return {_address(host): _ports(host) for host in ElementTree.fromstring(xml).iter("host")}


def answer(state: str | None, reason: str | None, ttl: str | None = None) -> Answer:
    seen = int(ttl) if ttl and ttl != "0" else None  # a connect scan sees none and says 0
    if state == "open":
        return Answer(Kind.OPEN, seen)
    if state == "closed":
        return Answer(Kind.RST, seen)
    return SILENCE if reason in NO_ANSWER else Answer(Kind.ICMP, seen)


def _address(host: ElementTree.Element) -> str:
    found = next(one for one in host.iter("address") if one.get("addrtype") in ("ipv4", "ipv6"))
    return str(ip_address(found.get("addr", "")))


def _ports(host: ElementTree.Element) -> dict[int, Answer]:
    found = {}
    for extra in host.iter("extraports"):
        for reason in extra.iter("extrareasons"):
            if reason.get("ports") is None:
                raise ValueError("this nmap counts its extraports but does not list them: 7.93 does")
            summed_up = answer(extra.get("state"), reason.get("reason"))
            found.update((port, summed_up) for port in parse_ports(reason.get("ports", "")))
    for port in host.iter("port"):
        state = port.find("state")
        if state is not None:
            found[int(port.get("portid", ""))] = answer(state.get("state"), state.get("reason"), state.get("reason_ttl"))
    return found
