#!/usr/bin/env python3
"""Asks a small farm with plain sockets and checks what comes back: state, ICMP type, code and sender, and RTT.

    python3 self_check.py path/to/edgefarm

The script opens the farm with `edgefarm run` and is itself the command that runs inside, so every packet stays
in a private network namespace. Exit status 0: all as the farm's description says; 77: no namespace can be made here.
"""

import errno
import json
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import time

IP_RECVERR = 11
IPV6_RECVERR = 25
SO_EE_ORIGIN_ICMP = 2
SO_EE_ORIGIN_ICMP6 = 3
COULD_NOT_OPEN = 125  # edgefarm's
SKIPPED = 77  # CTest's SKIP_RETURN_CODE
SILENCE_S = 0.9  # below the kernel's first resend of a SYN
NAMES = {0: "open", errno.ECONNREFUSED: "rst", errno.ECONNRESET: "reset"}  # of what connect() says
RTT_TOLERANCE_S = 0.025  # on a busy machine of two cores; never early


def rtt(ms):
    return {"ms": ms, "jitter_ms": 0}


def family_of_hosts(v6):
    """The same twelve hosts in either family."""
    address = "2001:db8:1::{}" if v6 else "198.18.1.{}"
    firewall = "2001:db8:f::{}" if v6 else "198.19.0.{}"
    prohibited = {"type": 1, "code": 1} if v6 else {"type": 3, "code": 13}
    hops = {"type": 3, "code": 0} if v6 else {"type": 11, "code": 0}
    port_unreachable = {"type": 1, "code": 4} if v6 else {"type": 3, "code": 3}
    whole = "443,50000-59999"

    def host(n, **fields):
        return {"address": address.format(n), "open": "443", "rtt": rtt(60), **fields}

    def wall(refusal, passes, **fields):
        return {"refusal": refusal, "passes": passes, "rtt": rtt(15), **fields}

    hosts = [
        host(1, open="443,50001-50003", firewall=wall("drop", whole), name="one.farm.test"),
        host(2, stealth=False, firewall=wall("drop", whole)),
        host(3, firewall=wall("rst", "443")),
        host(4, firewall=wall("icmp", "443", icmp=prohibited, address=firewall.format(4))),
        host(5, firewall=wall("icmp", "443", icmp=port_unreachable, address=firewall.format(5))),
        host(6, acceptor={"kind": "syn-proxy", "ports": "1-65535", "rtt": rtt(5)}),
        host(7, greeting={"act": "send", "after_ms": 30, "data": "hello"}),
        host(8, open="443,50001-50002", late={"ports": "50002-50003", "ms": 400}),
        host(9, overrides=[{"answer": "icmp", "ports": "50001", "icmp": hops, "address": firewall.format(9), "rtt": rtt(25)},
                           {"answer": "rst", "ports": "50002"}]),
        host(10, overrides=[{"answer": "wrong-ack", "ports": "443", "until_syns": 1}]),
        host(11, acceptor={"kind": "resetter", "ports": "1-65535", "rtt": rtt(5)}, duplicates={"share": 1, "after_ms": 5}),
        host(12, open="443,5061", syn_limit={"per_s": 0.001, "burst": 1}, steps=[{"add_ms": 20, "ports": "443"}]),
    ]

    def icmp(kind, n):
        return ("icmp", kind["type"], kind["code"], firewall.format(n))

    checks = [  # host, port, what, after ms
        (1, 443, "open", 60),
        (1, 50002, "open", 60),
        (1, 50004, "silence", None),
        (1, 40000, "silence", None),
        (2, 50004, "rst", 60),
        (2, 40000, "silence", None),
        (3, 443, "open", 60),
        (3, 50001, "rst", 15),
        (4, 50001, icmp(prohibited, 4), 15),
        (5, 50001, icmp(port_unreachable, 5), 15),
        (6, 50777, "open", 5),
        (6, 22, "open", 5),
        (8, 50001, "open", 60),
        (8, 50002, "open", 460),
        (9, 50001, icmp(hops, 9), 25),
        (9, 50002, "rst", 60),
        (10, 443, "open", 128),  # the kernel resets, and sends its SYN again at once
        (11, 50777, "reset", 5),
        (12, 443, "open", 80),
        (12, 5061, "silence", None),
    ]
    return hosts, [(address.format(n), port, what, ms) for n, port, what, ms in checks]


def icmp_behind(sock, v6):
    """Type, code and sender from the socket's error queue; None where no ICMP error is the cause."""
    try:
        _, ancillary, _, _ = sock.recvmsg(512, 512, socket.MSG_ERRQUEUE)
    except OSError:
        return None
    for _, _, data in ancillary:
        _, origin, kind, code, _, _, _ = struct.unpack_from("=IBBBBII", data)
        if origin not in (SO_EE_ORIGIN_ICMP, SO_EE_ORIGIN_ICMP6):
            return None
        offender = data[16:]
        raw = offender[8:24] if v6 else offender[4:8]
        return ("icmp", kind, code, socket.inet_ntop(socket.AF_INET6 if v6 else socket.AF_INET, raw))
    return None


def ask(address, port):
    """One connect: what came back, and after how many seconds."""
    v6 = ":" in address
    with socket.socket(socket.AF_INET6 if v6 else socket.AF_INET, socket.SOCK_STREAM) as sock:
        if v6:
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_RECVERR, 1)
        else:
            sock.setsockopt(socket.IPPROTO_IP, IP_RECVERR, 1)
        sock.setblocking(False)
        began = time.monotonic()
        sock.connect_ex((address, port))
        poll = select.poll()
        poll.register(sock, select.POLLOUT)
        if not poll.poll(SILENCE_S * 1000):
            return "silence", None
        took = time.monotonic() - began
        icmp = icmp_behind(sock, v6)
        if icmp:
            return icmp, took
        error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        return NAMES.get(error) or errno.errorcode[error], took


def check(address, port, what, after_ms):
    got, took = ask(address, port)
    on_time = after_ms is None or -0.0005 <= (took or 9) - after_ms / 1000 <= RTT_TOLERANCE_S
    as_said = got == what or (got, what) == ("open", "reset")  # the RST may be still to come
    verdict = "ok" if as_said and on_time else "WRONG"
    print(f"{verdict:5} {address} {port}: {got}" + (f" after {took * 1000:.2f} ms" if took else ""))
    if verdict != "ok":
        print(f"      expected {what}" + (f" after {after_ms} ms" if after_ms else ""))
    return verdict == "ok"


def check_greeting(address):
    with socket.create_connection((address, 443), timeout=5) as sock:
        ok = sock.recv(100) == b"hello"
        sock.shutdown(socket.SHUT_WR)
        ok = ok and sock.recv(100) == b""
    print(f"{'ok' if ok else 'WRONG':5} {address} 443: greets and closes in order")
    return ok


def check_name_server():
    question = b"\x07\x07\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x03one\x04farm\x04test\x00\x00\x01\x00\x01"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(5)
        sock.sendto(question, (os.environ["EDGEFARM_DNS"], 53))
        answer = sock.recv(512)
    ok = answer[3] & 15 == 0 and answer[-4:] == bytes([198, 18, 1, 1])
    print(f"{'ok' if ok else 'WRONG':5} the name server knows one.farm.test")
    return ok


def inside():
    results = []
    for v6 in (False, True):
        results += [check(*one) for one in family_of_hosts(v6)[1]]
        results.append(check_greeting("2001:db8:1::7" if v6 else "198.18.1.7"))
    results.append(check_name_server())
    return 0 if all(results) else 1


def check_counters(path):
    with open(path, encoding="utf-8") as file:
        counters = json.load(file)
    first = next(host for host in counters["hosts"] if host["address"] == "198.18.1.1")
    ok = (first["syns"], first["distinct_ports"]) == (4, 4) and counters["totals"]["unknown_addresses"] == 0
    print(f"{'ok' if ok else 'WRONG':5} the counters add up")
    return ok


def main(edgefarm):
    hosts = family_of_hosts(False)[0] + family_of_hosts(True)[0]
    farm = {"seed": 1, "client_v4": "198.18.0.1", "client_v6": "2001:db8::1", "dns": "198.18.0.53", "hosts": hosts}
    with tempfile.TemporaryDirectory() as directory:
        spec = os.path.join(directory, "farm.json")
        with open(spec, "w", encoding="utf-8") as file:
            json.dump(farm, file)
        command = [edgefarm, "run", spec, "--limit", "60", "--", sys.executable, __file__, "--inside"]
        status = subprocess.run(command, check=False).returncode
        if status == COULD_NOT_OPEN:
            return SKIPPED
        return status if status != 0 else 0 if check_counters(spec + ".counters.json") else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(inside() if sys.argv[1] == "--inside" else main(sys.argv[1]))
