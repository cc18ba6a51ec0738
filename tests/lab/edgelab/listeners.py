"""The programs behind the open ports: one socket for each way in which a peer can behave after the handshake."""

from __future__ import annotations

import resource
import selectors
import socket
import struct
from collections import OrderedDict

from edgelab import cases
from edgelab.hosts import LISTENER_PORTS

IPV6_TRANSPARENT = 75
IP_TRANSPARENT = 19
BACKLOG = 65535
ACCEPTS_AT_ONCE = 256
GREETING = b"CLS/1 ready\r\n"
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Connections:
    """Accepted sockets that stay open until the peer leaves; the oldest gives way when there are too many."""

    def __init__(self, selector: selectors.BaseSelector, most: int) -> None:
        self._selector = selector
        self._most = most
        self._held: OrderedDict[socket.socket, None] = OrderedDict()

    def hold(self, connection: socket.socket) -> None:
        if len(self._held) >= self._most:
            self.drop(next(iter(self._held)))
        self._held[connection] = None
        self._selector.register(connection, selectors.EVENT_READ, self.drop_if_over)

    def drop_if_over(self, connection: socket.socket) -> None:
        try:
            if connection.recv(4096):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.drop(connection)

    def drop(self, connection: socket.socket) -> None:
        del self._held[connection]
        self._selector.unregister(connection)
        connection.close()


def listen(family: int, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET:
        listener.setsockopt(socket.IPPROTO_IP, IP_TRANSPARENT, 1)
    else:
        listener.setsockopt(socket.IPPROTO_IPV6, IPV6_TRANSPARENT, 1)
    listener.bind((address, port))
    listener.listen(BACKLOG)
    listener.setblocking(False)
    return listener


def greet(connection: socket.socket, behaviour: str, connections: Connections) -> None:
    connection.setblocking(False)
    if behaviour == cases.CLOSES:
        connection.close()
        return
    if behaviour == cases.RESETS:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        connection.close()
        return
    if behaviour == cases.SPEAKS:
        connection.send(GREETING)
    connections.hold(connection)


def accept_some(listener: socket.socket, behaviour: str, connections: Connections) -> None:
    for _ in range(ACCEPTS_AT_ONCE):
        try:
            connection, _ = listener.accept()
            greet(connection, behaviour, connections)
        except BlockingIOError:
            return
        except OSError:
            continue  # the peer was gone before we looked


def main() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    descriptors = min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, hard))
    selector = selectors.DefaultSelector()
    connections = Connections(selector, most=descriptors - 64)
    for behaviour, port in LISTENER_PORTS.items():
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            def accept(listener: socket.socket, behaviour: str = behaviour) -> None:
                accept_some(listener, behaviour, connections)

            selector.register(listen(family, address, port), selectors.EVENT_READ, accept)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            key.data(key.fileobj)


if __name__ == "__main__":
    main()
