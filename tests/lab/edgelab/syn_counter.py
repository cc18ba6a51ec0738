"""Counts the SYNs that reach the perimeter from outside, from the wire: nothing here believes the scanner.

A packet socket with a kernel filter writes into a shared ring (packet_mmap, TPACKET_V3). The kernel's own count of what
it could not store says whether the figures are whole.

Asked over a Unix socket (see counters.py): `read` answers with the figures, `reset` answers and starts again from zero.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
import selectors
import socket
import struct
import subprocess
import sys
from array import array
from collections import defaultdict

from edgelab.topology import is_host_address

SOL_PACKET, SO_ATTACH_FILTER = 263, 26
PACKET_RX_RING, PACKET_STATISTICS, PACKET_VERSION = 5, 6, 10
TPACKET_V3 = 2
ETH_P_ALL = 3
BLOCK, BLOCKS, RETIRE_MS = 1 << 20, 64, 20
KERNEL_OWNS, WE_OWN = 0, 1
SECOND = 1_000_000_000

# Classic BPF: a TCP SYN without ACK, over IPv4 or over IPv6 without extension headers. (code, if true, if false, value)
SYN_FILTER = [
    (0x28, 0, 0, 12),  # 0  the frame's protocol
    (0x15, 0, 6, 0x0800),  # 1  IPv4, else 8
    (0x30, 0, 0, 23),  # 2  IPv4's protocol
    (0x15, 0, 10, 6),  # 3  TCP, else 14
    (0xB1, 0, 0, 14),  # 4  length of the IPv4 header
    (0x50, 0, 0, 27),  # 5  TCP's flags
    (0x54, 0, 0, 0x12),  # 6  SYN and ACK
    (0x15, 7, 6, 0x02),  # 7  SYN alone: 15, else 14
    (0x15, 0, 5, 0x86DD),  # 8  IPv6, else 14
    (0x30, 0, 0, 20),  # 9  next header
    (0x15, 0, 3, 6),  # 10 TCP, else 14
    (0x30, 0, 0, 67),  # 11 TCP's flags
    (0x54, 0, 0, 0x12),  # 12 SYN and ACK
    (0x15, 1, 0, 0x02),  # 13 SYN alone: 15, else 14
    (0x06, 0, 0, 0),  # 14 leave it
    (0x06, 0, 0, 128),  # 15 store this much of it
]


class Ring:
    """The SYNs of one interface, in order, with the kernel's time of each."""

    def __init__(self, interface: str) -> None:
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        program = b"".join(struct.pack("HBBI", *step) for step in SYN_FILTER)
        held = ctypes.create_string_buffer(program)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER,
                               struct.pack("HL", len(SYN_FILTER), ctypes.addressof(held)))
        self.socket.setsockopt(SOL_PACKET, PACKET_VERSION, TPACKET_V3)
        frame = 2048
        self.socket.setsockopt(SOL_PACKET, PACKET_RX_RING, struct.pack(
            "IIIIIII", BLOCK, BLOCKS, frame, BLOCK * BLOCKS // frame, RETIRE_MS, 0, 0))
        self._ring = mmap.mmap(self.socket.fileno(), BLOCK * BLOCKS)
        self._next = 0
        self.stored = self.taken = self.lost = 0
        self.socket.bind((interface, ETH_P_ALL))  # last: nothing unfiltered was ever stored

    def take(self, count) -> None:
        """Hands every SYN of the finished blocks to count(time_ns, frame)."""
        while True:
            block = self._next * BLOCK
            status, packets, offset = struct.unpack_from("III", self._ring, block + 8)
            if not status & WE_OWN:
                return
            at = block + offset
            for _ in range(packets):
                step, seconds, nanoseconds, length, _, _, mac = struct.unpack_from("IIIIIIH", self._ring, at)
                count(seconds * SECOND + nanoseconds, self._ring[at + mac:at + mac + length])
                at += step
            self.taken += packets
            struct.pack_into("I", self._ring, block + 8, KERNEL_OWNS)
            self._next = (self._next + 1) % BLOCKS

    def take_all(self, count) -> None:
        """Also what is still in the kernel's unfinished block: waits until that is handed over."""
        statistics = struct.unpack("III", self.socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 12))
        self.stored += statistics[0] - statistics[1]
        self.lost += statistics[1]
        self.take(count)
        with selectors.DefaultSelector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            while self.taken < self.stored:
                selector.select(RETIRE_MS / 1000)
                self.take(count)


class Tally:
    def __init__(self) -> None:
        self._times: dict[bytes, array] = defaultdict(lambda: array("Q"))
        self._ports: dict[bytes, set] = defaultdict(set)
        self._attempts: dict[bytes, set] = defaultdict(set)

    def count(self, time_ns: int, frame: bytes) -> None:
        if frame[12] == 0x08:
            host, tcp = frame[30:34], 14 + 4 * (frame[14] & 15)
        else:
            host, tcp = frame[38:54], 54
        self._times[host].append(time_ns)
        self._ports[host].add(frame[tcp + 2:tcp + 4])
        self._attempts[host].add(frame[tcp:tcp + 8])  # both ports and the sequence number: the same when resent

    def report(self) -> dict:
        hosts, everything = {}, array("Q")
        for host, times in sorted(self._times.items()):
            name = socket.inet_ntop(socket.AF_INET if len(host) == 4 else socket.AF_INET6, host)
            if not is_host_address(name):
                continue  # DNS over TCP
            hosts[name] = {"syns": len(times), "attempts": len(self._attempts[host]),
                           "distinct_ports": len(self._ports[host]),
                           "max_1s": most_within(times, SECOND), "max_5s": most_within(times, 5 * SECOND)}
            everything.extend(times)
        everything = array("Q", sorted(everything))
        total = {"syns": len(everything), "max_1s": most_within(everything, SECOND),
                 "max_5s": most_within(everything, 5 * SECOND),
                 "seconds": (everything[-1] - everything[0]) / SECOND if everything else 0}
        return {"hosts": hosts, "total": total}


def most_within(times, window: int) -> int:
    """The most of the ordered times that lie in any half-open window of the length."""
    most = first = 0
    for last, time in enumerate(times):
        while times[first] <= time - window:
            first += 1
        most = max(most, last - first + 1)
    return most


def strays(reset: bool) -> dict:
    """Packets to addresses that are not the lab's: the perimeter counts and drops them."""
    packets = packets_counted("strays", reset)
    destinations = []
    for family in "46":
        listed = json.loads(_nft("list", "set", "inet", "perimeter", f"strays{family}"))
        for item in listed["nftables"]:
            elements = item.get("set", {}).get("elem", [])
            destinations += [e["elem"]["val"] if isinstance(e, dict) else e for e in elements]
        if reset:
            _nft("flush", "set", "inet", "perimeter", f"strays{family}")
    return {"packets": packets, "destinations": sorted(destinations)}


def packets_counted(counter: str, reset: bool) -> int:
    listed = json.loads(_nft("reset" if reset else "list", "counter", "inet", "perimeter", counter))
    return next(item["counter"]["packets"] for item in listed["nftables"] if "counter" in item)


def _nft(*words: str) -> str:
    return subprocess.run(["nft", "-j", *words], capture_output=True, text=True, check=True).stdout


def main() -> None:
    interface, path = sys.argv[1:]
    ring, tally = Ring(interface), Tally()
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.bind(path)
    os.chmod(path, 0o666)
    door.listen()
    selector = selectors.DefaultSelector()
    selector.register(ring.socket, selectors.EVENT_READ)
    selector.register(door, selectors.EVENT_READ)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            if key.fileobj is ring.socket:
                ring.take(tally.count)
                continue
            caller, _ = door.accept()
            with caller:
                reset = caller.recv(16).strip() == b"reset"
                ring.take_all(tally.count)
                figures = tally.report() | {
                    "lost": ring.lost, "strays": strays(reset), "questions": packets_counted("questions", reset)}
                caller.sendall(json.dumps(figures).encode())
            if reset:
                tally, ring.lost = Tally(), 0


if __name__ == "__main__":
    main()
