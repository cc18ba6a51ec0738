"""Media relays: a real coturn that holds real allocations, or ports of the simulated kind that come and go."""

from __future__ import annotations

import os
import random
import resource
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from edgelab.namespaces import Helper, wait_until_reachable

RANGE = range(50000, 60000)
CLS = range(50001, 50004)

# A fifth of the range: that 64 samples, one in each of 64 equal blocks, all miss is less than one chance in a million.
ALLOCATIONS = 2000
OPEN_AT_ONCE = 2000

TICK_S = 0.5
LIFE_MS = (1500, 4500)

ALLOCATE, ALLOCATED, MAGIC = 0x0003, 0x0103, 0x2112A442  # RFC 5766, RFC 5389
REQUESTED_TRANSPORT, LIFETIME, TCP = 0x0019, 0x000D, 6  # RFC 6062: a relay port that accepts TCP


def start_turnserver(address: str, directory: str) -> Helper:
    server = Helper(["turnserver", "-n", "--no-auth", "--no-cli", "--no-tls", "--no-dtls", "--relay-threads=1",
                     f"--listening-ip={address}", f"--relay-ip={address}", "--listening-port=3478",
                     f"--min-port={RANGE[0]}", f"--max-port={RANGE[-1]}", "--max-allocate-lifetime=86400",
                     "--simple-log", f"--log-file={directory}/turnserver.log",
                     f"--pidfile={directory}/turnserver.pid", f"--userdb={directory}/turndb"],
                    log=Path(directory, "turnserver.err"))
    wait_until_reachable(address, 3478)
    return server


def allocate(connection: socket.socket) -> None:
    transport = struct.pack("!HHBxxx", REQUESTED_TRANSPORT, 4, TCP)
    lifetime = struct.pack("!HHI", LIFETIME, 4, 86400)
    attributes = transport + lifetime
    connection.sendall(struct.pack("!HHI12s", ALLOCATE, len(attributes), MAGIC, os.urandom(12)) + attributes)


def allocated(connection: socket.socket) -> bool:
    header = _exactly(connection, 20)
    kind, length = struct.unpack("!HH", header[:4])
    _exactly(connection, length)
    return kind == ALLOCATED


def _exactly(connection: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = connection.recv(length - len(data))
        if not more:
            raise OSError("the TURN server closed the connection")
        data += more
    return data


def coturn(address: str, directory: str) -> None:
    """Keeps the allocations for as long as the process lives: each is bound to its control connection."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    server = start_turnserver(address, directory)
    connections = [socket.create_connection((address, 3478)) for _ in range(ALLOCATIONS)]
    for connection in connections:
        allocate(connection)
    made = sum(allocated(connection) for connection in connections)
    print(f"ready {made}", flush=True)
    server.wait()


def busy() -> None:
    """Opens new relay ports as old ones run out, in nft's own timeouts."""
    rate = OPEN_AT_ONCE * TICK_S * 1000 / (sum(LIFE_MS) / 2)
    _open_ports(OPEN_AT_ONCE, _rest_of_life_ms)
    print("ready", flush=True)
    while True:
        time.sleep(TICK_S)
        _open_ports(round(rate), _life_ms)


def _life_ms() -> int:
    return random.randint(*LIFE_MS)


def _rest_of_life_ms() -> int:
    """What a port met at a random moment has left. With whole lives to begin with, new ports would come before the first
    of these go, and a third of the range would be open for a while instead of a fifth."""
    while True:
        life = _life_ms()
        if random.uniform(0, LIFE_MS[1]) <= life:  # long lives are met more often than short ones
            return random.randint(1, life)


def _open_ports(count: int, left_ms: Callable[[], int]) -> None:
    chosen = random.sample([port for port in RANGE if port not in CLS], count)
    elements = ", ".join(f"{port} timeout {left_ms()}ms" for port in chosen)
    subprocess.run(["nft", f"add element inet hosts relay_ports {{ {elements} }}"], check=True)


if __name__ == "__main__":
    {"coturn": coturn, "busy": busy}[sys.argv[1]](*sys.argv[2:])
