"""The command line of ./dev accuracy."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from .farm import Conditions
from .scanners import PEERS, Scanner, edgesurvey

PACES = ("normal", "fast")
SEEDS = [301, 302, 303, 304]  # for the page alone: never look at these while developing
QUICK_SEEDS = [101, 102]
LOSSES = ["0", "0.01", "0.05", "0.10"]
SIZES = [250, 2500]
PEERS_MOST_HOSTS = 250  # nmap takes minutes for these
NORMAL_PACE_MOST_HOSTS = 250  # 500 SYNs a second take eight minutes for 2,500: the whole does it with one seed, a part if asked


@dataclass(frozen=True)
class Errand:
    conditions: Conditions
    scanner: Scanner


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./dev accuracy",
        description="Measures how often edgesurvey's verdicts are right on simulated Edges with distance and loss, and what an "
        "analyst would read from other scanners there. Runs are kept under build/accuracy and reused while neither the "
        "programs nor the commands change. The whole of it writes docs/accuracy.md.")
    parser.add_argument("--quick", action="store_true", help="250 hosts, 2 seeds, 1 %% loss, edgesurvey at fast pace and "
                        "tuned nmap: 3 minutes")
    parser.add_argument("--hosts", type=_numbers, metavar="N,...", help="sizes of farms (250,2500)")
    parser.add_argument("--seeds", type=_numbers, metavar="N,...", help="of farms, also as 101-104 (301-304)")
    parser.add_argument("--loss", type=_words, metavar="P,...", help="of the round trip (0,0.01,0.05,0.10)")
    parser.add_argument("--rtt", default="5-400", metavar="MS-MS", help="(5-400)")
    parser.add_argument("--only", metavar="KIND,...", help="of hosts, as `edgefarm kinds` lists them (the default mix)")
    parser.add_argument("--peers", type=_peers, metavar="NAME,...", help="all, none, or some of "
                        + ", ".join(peer.name for peer in PEERS) + f" (all, on farms of up to {PEERS_MOST_HOSTS} hosts)")
    parser.add_argument("--pace", type=_paces, metavar="NAME,...", help="of edgesurvey: normal, fast (both; in a part of the "
                        "whole, fast alone for more than 250 hosts)")
    parser.add_argument("--fresh", action="store_true", help="run again what is kept")
    parser.add_argument("--publish", action="store_true", help="write docs/accuracy.md also for a part of the whole")
    parser.add_argument("--require", type=float, metavar="SHARE", help="exit with 1 if edgesurvey is right on a smaller share of "
                        "a group, or calls a host closed whose CLS ports accept connections")
    parser.add_argument("--edgesurvey", type=_program, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--edgefarm", type=_program, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=lambda p: Path(p).resolve(), required=True, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    options.whole = not options.quick and all(
        getattr(options, name) is None for name in ("hosts", "seeds", "loss", "only", "peers", "pace"))
    return options


def errands(options: argparse.Namespace) -> list[Errand]:
    quick = options.quick
    sizes = options.hosts or (SIZES[:1] if quick else SIZES)
    seeds = options.seeds or (QUICK_SEEDS if quick else SEEDS)
    losses = options.loss or (["0.01"] if quick else LOSSES)
    paces = options.pace or (["fast"] if quick else PACES)
    asked_peers = options.peers is not None
    peers = options.peers if asked_peers else [p for p in PEERS if not quick or p.name == "nmap-connect-tuned"]
    found = []
    for hosts in sizes:
        for loss in losses:
            for scanner in [*map(edgesurvey, paces), *peers]:
                if scanner.is_peer and not asked_peers and hosts > PEERS_MOST_HOSTS:
                    continue
                if scanner.name == "edgesurvey-normal" and hosts > NORMAL_PACE_MOST_HOSTS and not (options.pace or options.whole):
                    continue
                slow = scanner.slow and not asked_peers or (
                    scanner.name == "edgesurvey-normal" and hosts > NORMAL_PACE_MOST_HOSTS and options.seeds is None)
                found += [Errand(Conditions(hosts, seed, loss, options.rtt, only=options.only), scanner)
                          for seed in (seeds[:1] if slow else seeds)]
    return found


def _program(text: str) -> Path:
    path = Path(text).resolve()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"no such program: {text}")
    return path


def _words(text: str) -> list[str]:
    for word in text.split(","):
        if not all(0 <= float(end) < 1 for end in word.split("-")):
            raise argparse.ArgumentTypeError(f"not a share: {word}")
    return text.split(",")


def _numbers(text: str) -> list[int]:
    found = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        found.extend(range(int(first), int(last if dash else first) + 1))
    if not found:
        raise argparse.ArgumentTypeError(f"nothing in {text}")
    return found


def _paces(text: str) -> list[str]:
    if any(pace not in PACES for pace in text.split(",")):
        raise argparse.ArgumentTypeError(f"not among {', '.join(PACES)}: {text}")
    return text.split(",")


def _peers(text: str) -> list[Scanner]:
    known = {peer.name: peer for peer in PEERS}
    names = [] if text == "none" else list(known) if text == "all" else text.split(",")
    if any(name not in known for name in names):
        raise argparse.ArgumentTypeError(f"not among all, none, {', '.join(known)}: {text}")
    return [known[name] for name in names]
