"""Plain TCP connects, many at once, that tell what the kernel was told: open, RST, ICMP with its sender, or nothing."""

from __future__ import annotations

import selectors
import socket
import struct
import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Iterable

MSG_ERRQUEUE = 0x2000
RECVERR = {socket.AF_INET: (socket.IPPROTO_IP, 11), socket.AF_INET6: (socket.IPPROTO_IPV6, 25)}
ORIGIN_ICMP, ORIGIN_ICMP6 = 2, 3
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
# Silence can only be waited for. All that will answer has come by then: the lab's links have no length.
SILENCE_S = 0.6
PATIENCE_S = 10


@dataclass(frozen=True)
class Heard:
    """open, rst, silence; or icmp with its type, code and sender."""

    what: str
    icmp: tuple[int, int] = (0, 0)
    sender: str = ""

    def __str__(self) -> str:
        return f"icmp {self.icmp[0]}/{self.icmp[1]} from {self.sender}" if self.what == "icmp" else self.what


Target = tuple[str, int]


def probe(targets: Iterable[Target], expected: int) -> dict[Target, Heard]:
    """Connects to all at once. Returns when `expected` of them have answered and the rest had its time."""
    with selectors.DefaultSelector() as selector:
        waiting = {_connect(selector, target): target for target in targets}
        heard: dict[Target, Heard] = {}
        deadline = time.monotonic() + PATIENCE_S
        silent_since = None
        while waiting and time.monotonic() < deadline:
            if len(heard) >= expected:
                silent_since = silent_since or time.monotonic()
                if time.monotonic() - silent_since > SILENCE_S:
                    break
            for key, _ in selector.select(0.05):
                heard[waiting.pop(key.fileobj)] = _outcome(key.fileobj)
                selector.unregister(key.fileobj)
                key.fileobj.close()
        for connection, target in waiting.items():
            heard[target] = Heard("silence")
            connection.close()
    return heard


def _connect(selector: selectors.BaseSelector, target: Target) -> socket.socket:
    family = socket.AF_INET if ip_address(target[0]).version == 4 else socket.AF_INET6
    connection = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    connection.setsockopt(*RECVERR[family], 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    connection.connect_ex(target)
    selector.register(connection, selectors.EVENT_WRITE)
    return connection


def _outcome(connection: socket.socket) -> Heard:
    icmp = _icmp_error(connection)  # first: reading SO_ERROR empties the queue's head
    if icmp:
        return icmp
    error = connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    # An agent that resets at once can do so before we look: it was open all the same.
    return Heard("open" if error in (0, 104) else "rst" if error == 111 else f"errno {error}")


def _icmp_error(connection: socket.socket) -> Heard | None:
    """struct sock_extended_err of linux/errqueue.h, and after it the sender's address."""
    try:
        _, control, _, _ = connection.recvmsg(0, 512, MSG_ERRQUEUE)
    except OSError:
        return None
    for level, kind, data in control:
        if (level, kind) not in RECVERR.values():
            continue
        origin, icmp_type, icmp_code = data[4], data[5], data[6]
        if origin in (ORIGIN_ICMP, ORIGIN_ICMP6):
            sender = data[20:24] if origin == ORIGIN_ICMP else data[24:40]
            family = socket.AF_INET if origin == ORIGIN_ICMP else socket.AF_INET6
            return Heard("icmp", (icmp_type, icmp_code), socket.inet_ntop(family, sender))
    return None
