"""What a peer's output says of one port, in terms that all peers share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    OPEN = "open"
    RST = "rst"
    ICMP = "icmp"  # any error: unreachable, prohibited
    SILENCE = "silence"


@dataclass(frozen=True)
class Answer:
    kind: Kind
    ttl: int | None = None  # of the packet, where the peer shows it


SILENCE = Answer(Kind.SILENCE)

Hosts = dict[str, dict[int, Answer]]  # by address, by port; a port that is missing was silent
