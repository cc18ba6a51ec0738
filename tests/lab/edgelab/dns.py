"""The lab's name service: dnsmasq for what can be answered, and two responders that always fail.

dnsmasq is authoritative for everything: a name that the spec does not give is NXDOMAIN, and no question is ever passed on,
save those of a name whose `server` is one of the failing resolvers.
"""

from __future__ import annotations

import selectors
import socket
import sys

from edgelab import topology as net
from edgelab.spec import Spec

SERVFAIL, REFUSED = 2, 5
RESPONDERS = ((net.FAILING_RESOLVER, SERVFAIL), (net.REFUSING_RESOLVER, REFUSED))
SERVERS = {"dead": net.DEAD_RESOLVER, "failing": net.FAILING_RESOLVER, "refusing": net.REFUSING_RESOLVER}


def dnsmasq_config(spec: Spec) -> str:
    lines = ["no-resolv", "no-hosts", "no-daemon", "bind-interfaces", "no-ping", "cache-size=0", "dns-forward-max=5000",
             f"listen-address={net.RESOLVER},{net.RESOLVER_V6}",
             "edns-packet-max=512",  # a larger answer is cut off over UDP, whatever the asker would take
             "local=/#/"]
    for host in spec.hosts:
        lines += [f"host-record={name},{host.address}" for name in host.names]
    for name in spec.names:
        lines += _records(name)
    return "\n".join(lines) + "\n"


def _records(name) -> list[str]:
    if name.server:
        return [f"server=/{name.name}/{SERVERS[name.server]}"]
    if name.cname:
        return [f"cname={name.name},{name.cname}"]
    if name.addresses:
        return [f"host-record={name.name},{address}" for address in name.addresses]
    if name.skipped == "no-address":
        return [f'txt-record={name.name},"no address here"']
    return []


def main() -> None:
    """Answers every question over UDP with the same failure."""
    selector = selectors.DefaultSelector()
    for address, code in RESPONDERS:
        responder = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        responder.bind((address, 53))
        selector.register(responder, selectors.EVENT_READ, code)
    print("ready", flush=True)
    while True:
        for key, _ in selector.select():
            question, asker = key.fileobj.recvfrom(4096)
            if len(question) >= 12:
                key.fileobj.sendto(failure(question, key.data), asker)


def failure(question: bytes, code: int) -> bytes:
    """The question again, as a response with the code, and without records (RFC 1035, 4.1.1)."""
    flags = bytes([question[2] | 0x80, 0x80 | code])
    only_question = (1).to_bytes(2, "big") + bytes(6)
    end = question.index(0, 12) + 5
    return question[:2] + flags + only_question + question[12:end]


if __name__ == "__main__":
    sys.exit(main())
