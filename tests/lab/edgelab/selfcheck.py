"""tests/lab/selfcheck: does the kernel answer for each case as its table says? Asked with plain connects, not a scanner."""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import time
from ipaddress import ip_address
from pathlib import Path

from edgelab import ask, cases, counters, ports, topology as net
from edgelab.lab import Lab
from edgelab.namespaces import LabError
from edgelab.probe import Heard, Target, probe
from edgelab.run import enter_private_namespace, is_inside
from edgelab.spec import Host, load
from edgelab.truth import OPEN, RST, SILENCE, answer

SERVICES = [443, 3478, 5061]
CLS = [50001, 50002, 50003]
CONTROLS = [6001, 20011, 49999, 60000, 65535]
INSIDE = [50000, 50004, 50999, 51000, 52000, 53210, 54250, 54999, 55000, 57777, 59999]
ALL = SERVICES + CLS + CONTROLS + INSIDE


def expected(host: Host, port: int) -> Heard | None:
    """None where the case does not say: a relay's ports come and go."""
    case = host.case
    wanted = answer(case, port)
    if not wanted.lasting and cases.ONCE != case.host_map.at(port):
        return None
    if wanted.what in (OPEN, RST, SILENCE):
        return Heard(wanted.what)
    kind = cases.ICMP[wanted.what]
    v4 = ip_address(host.address).version == 4
    perimeter = net.PERIMETER_V4 if v4 else net.PERIMETER_V6
    return Heard("icmp", kind.v4_type_code if v4 else kind.v6_type_code, host.address if wanted.by_host else perimeter)


def check_answers(hosts: list[Host]) -> list[str]:
    """Every port of every host that has no memory, all at once."""
    wanted = {(host.address, port): expected(host, port) for host in hosts if not host.case.ips for port in ALL}
    must_answer = sum(heard is not None and heard.what != SILENCE for heard in wanted.values())
    heard = probe(shuffled(wanted), must_answer)
    return [f"{address} port {port}: expected {want}, heard {heard[address, port]}"
            for (address, port), want in wanted.items() if want is not None and heard[address, port] != want]


def shuffled(targets: dict[Target, Heard | None]) -> list[Target]:
    order = list(targets)
    random.shuffle(order)
    return order


def check_relays(hosts: list[Host]) -> list[str]:
    """A sample of the range finds a busy relay's ports; a port that served its one session is gone."""
    relays = [host.address for host in hosts if host.case.busy or host.case.coturn]
    once = [(host.address, first) for host in hosts for first, _, action in host.case.host_map if action == cases.ONCE]
    sample = range(50010, 60000, 50)
    heard = probe([(address, port) for address in relays for port in sample] + once, len(relays))
    wrong = [f"{host} port {port}: a second session: {heard[host, port]}"
             for host, port in once if heard[host, port].what != SILENCE]
    for address in relays:
        found = sum(heard[address, port].what == OPEN for port in sample)
        if not 12 <= found <= 80:  # about a fifth of 200
            wrong.append(f"{address}: {found} of {len(sample)} relay ports are open")
    return wrong


def check_ips(hosts: list[Host]) -> list[str]:
    """Up to its number of ports a sensor lets all pass; after one more, even what was open is silent."""
    watched = [host for host in hosts if host.case.ips]
    wanted = {(host.address, port): expected(host, port) for host in watched for port in ALL[:host.case.ips.ports]}
    before = probe(wanted, sum(heard.what != SILENCE for heard in wanted.values()))
    wrong = [f"{host} port {port}: the sensor tripped too early" for (host, port) in wanted
             if before[host, port] != wanted[host, port]]
    probe([(host.address, 59998) for host in watched], 0)
    after = probe([(host.address, 443) for host in watched], 0)
    return wrong + [f"{host}: the sensor did not trip" for (host, _), heard in after.items() if heard.what != SILENCE]


def check_names() -> list[str]:
    """Each way in which a name can resolve or fail, asked of the resolver that a scanner asks."""
    wanted = {
        "a.example": ask.Answer(ask.NOERROR, 1),
        "two.contoso.example": ask.Answer(ask.NOERROR, 2),
        "alias.contoso.example": ask.Answer(ask.NOERROR, 3),  # two aliases, and the address
        "only6.contoso.example": ask.Answer(ask.NOERROR, 0),
        "many.contoso.example": ask.Answer(ask.NOERROR, 29, truncated=True),
        "empty.contoso.example": ask.Answer(ask.NOERROR, 0),
        "nowhere.contoso.example": ask.Answer(ask.NXDOMAIN, 0),
        "broken.fabrikam.example": ask.Answer(ask.SERVFAIL, 0),
        "refused.fabrikam.example": ask.Answer(ask.REFUSED, 0),
        "silent.fabrikam.example": None,
    }
    wrong = []
    for name, answer_wanted in wanted.items():
        got = ask.over_udp(net.RESOLVER, name)
        if got != answer_wanted:
            wrong.append(f"{name}: expected {answer_wanted}, got {got}")
    whole = ask.over_tcp(net.RESOLVER, "many.contoso.example")
    if whole.records != 43:
        wrong.append(f"many.contoso.example over TCP: {whole}")
    codes = {net.FAILING_RESOLVER: ask.SERVFAIL, net.REFUSING_RESOLVER: ask.REFUSED, net.DEAD_RESOLVER: None}
    for resolver, code in codes.items():
        got = ask.over_udp(resolver, "a.example")
        if (got and got.code) != code:
            wrong.append(f"resolver {resolver}: {got}")
    return wrong


def check_counters(lab: Lab) -> list[str]:
    """The wire's count agrees with what was sent, nothing was lost, and nothing left the lab."""
    door = str(lab.directory / "counter")
    figures = counters.read(door, reset=True)
    wrong = [f"{figures['lost']} SYNs were not counted"] if figures["lost"] else []
    if figures["strays"]["packets"]:
        wrong.append(f"packets left the lab: {figures['strays']}")
    host = lab.spec.hosts[0].address
    probe([(host, port) for port in range(443, 453)] + [(host, 443)], 1)
    probe([("203.0.113.9", 443)], 0)
    figures = counters.read(door, reset=True)
    counted = figures["hosts"].get(host, {})
    if (counted.get("attempts"), counted.get("distinct_ports")) != (11, 10):
        wrong.append(f"11 connects to 10 ports of {host} were counted as {counted}")
    if figures["strays"] != {"packets": 1, "destinations": ["203.0.113.9"]}:
        wrong.append(f"one packet to 203.0.113.9 was counted as {figures['strays']}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="selfcheck", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1, help="build and check the lab so many times")
    options = parser.parse_args()
    try:
        if not is_inside():
            enter_private_namespace()
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        return max(one_round(number) for number in range(1, options.rounds + 1))
    except LabError as error:
        print(error, file=sys.stderr)
        return error.status


def one_round(number: int) -> int:
    started = time.monotonic()
    with Lab(load("cases")) as lab:
        built = time.monotonic()
        hosts = lab.spec.hosts
        wrong = check_answers(hosts) + check_relays(hosts) + check_ips(hosts) + check_names() + check_counters(lab)
    for line in wrong:
        print(f"wrong: {line}")
    ended = time.monotonic()
    print(f"round {number}: {len(hosts)} hosts of {len(lab.spec.cases())} cases, {len(wrong) or 'nothing'} wrong "
          f"(built in {built - started:.2f} s, checked in {ended - built:.2f} s)", flush=True)
    return 1 if wrong else 0
