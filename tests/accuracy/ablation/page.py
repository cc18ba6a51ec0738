"""docs/inquiry.md: the table of questions in plain words, and what each row buys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .cases import CASES, SMALL, Case
from .measure import Cost

LEAST_RIGHT = 0.05  # percent; a row that buys less than all three of these is not worth its place
LEAST_SYNS = 1.0
LEAST_SECONDS = 0.1
LEAST_SPANS = 1.0  # percent


@dataclass(frozen=True)
class Row:
    name: str
    own: dict[float, Cost]  # by loss, on the farm of its case
    mix: dict[float, Cost]  # on the default mix of hosts; empty where it was not measured

    def buys(self) -> bool:
        return any(c.right >= LEAST_RIGHT or c.syns >= LEAST_SYNS or c.seconds >= LEAST_SECONDS
                   for c in self.own.values())

    def tells_openings(self) -> bool:
        return any(c.spans_exact >= LEAST_SPANS for c in self.own.values())


@dataclass(frozen=True)
class Measure:
    title: str
    text: Callable[[Cost], str]


MEASURES = (
    Measure("Right verdicts lost, in percent of the hosts", lambda c: f"{_plain(c.right, 2)} ±{c.right_error:.2f}"),
    Measure("SYNs more, a host", lambda c: _plain(c.syns, 2)),
    Measure("Seconds longer, a host, from its first SYN to its end", lambda c: _plain(c.seconds, 2)),
    Measure("Exposed hosts called closed, more; in brackets those with high confidence",
            lambda c: f"{c.exposed_called_closed} ({c.exposed_surely_closed})" if c.exposed else "–"),
    Measure("Openings no longer told to the port, in percent of those whose ends show",
            lambda c: _plain(c.spans_exact, 2) if c.spans else "–"),
)


def page(questions: list[dict], rows: list[Row], command: str, date: str) -> str:
    parts = [_HEAD.format(command=command, date=date), _questions(questions), _ABLATION.format(**_extent(rows)),
             _cases(rows), *(_measure(measure, rows) for measure in MEASURES), summary(rows), _READING]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def summary(rows: list[Row]) -> str:
    bound = (f"{LEAST_RIGHT} % of right verdicts, less than {LEAST_SYNS:g} SYN and less than {LEAST_SECONDS} s at any "
             "loss where its case occurs")
    idle = [row for row in rows if not row.buys()]
    if not idle:
        return f"No row buys less than {bound}."
    openings = [row for row in idle if row.tells_openings()]
    text = f"Buying less than {bound}: {_names(idle)}."
    return text + (f" Of these, openings are told to the port by {_names(openings)}." if openings else "")


def _names(rows: list[Row]) -> str:
    return ", ".join(f"`{row.name}`" for row in rows)


def _plain(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(f"-{0:.{digits}f}", f"{0:.{digits}f}").replace("-", "−")


def _table(head: list[str], lines: list[list[str]], numbers: bool) -> str:
    rule = ["---", *(["---:" if numbers else "---"] * (len(head) - 1))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *lines))


def _questions(questions: list[dict]) -> str:
    lines = [[f"`{q['name']}`", q["decides"], str(q["tries"]), _apart(q), q["waiting"], q["answers_for"],
              "when all else is settled" if q["closing"] else "as soon as it is wanted"] for q in questions]
    return _table(["question", "decides", "attempts", "apart", "waiting", "evidence of", "asked"], lines, False)


def _apart(question: dict) -> str:
    apart = question["apart"]
    if apart is None or question["tries"] == 1 and apart == 0:
        return "–"
    return "as soon as late" if apart == 0 else f"{apart:.2f} s"


def _extent(rows: list[Row]) -> dict[str, str]:
    own = min(cost.hosts for row in rows for cost in row.own.values())
    mix = min((cost.hosts for row in rows for cost in row.mix.values()), default=0)
    return {"own": f"{own:,}", "least": f"{300 / own:.2f}",
            "mix": f"farms of the default mix, {mix:,} hosts for each" if mix else "not, this time, of the default mix"}


def _cases(rows: list[Row]) -> str:
    def farm(case: Case) -> str:
        return f"{', '.join(f'`{kind}`' for kind in case.kinds)}{f', farms of {SMALL}' if case.small else ''}"

    lines = [[f"`{row.name}`", farm(CASES[row.name]), CASES[row.name].reason] for row in rows]
    return _table(["without", "kinds of hosts", "because its case is"], lines, False)


def _measure(measure: Measure, rows: list[Row]) -> str:
    losses = sorted(rows[0].own)
    mixed = sorted(rows[0].mix)
    head = ["without", *(f"{100 * loss:g} %" for loss in losses), *(f"mix, {100 * loss:g} %" for loss in mixed)]
    lines = [[f"`{row.name}`", *(measure.text(row.own[loss]) for loss in losses),
              *(measure.text(row.mix[loss]) for loss in mixed)] for row in rows]
    return f"### {measure.title}\n\n" + _table(head, lines, True)


_HEAD = """
# What a host is asked, and what each question buys

All that a host may be asked is one table, `scanner/inquiry/question.cpp`, in order of priority: the first question that wants
a port now has it. This page is written by `{command}` ({date}); the table's texts are the program's.

## The questions

Attempts are those at one port until it has answered, those of other questions included; apart is the time from one to the next,
at least; waiting is how long the answer to the first attempt at a port is waited for, that to a further one as usual (one SYN),
but for CLS ports.
"""

_ABLATION = """
## The ablation

Each row was taken out of the table, and the same farms were surveyed with and without it, in virtual time at pace fast
(`edgesurvey_virtual --without ROW`): farms of the kinds of hosts in which the row's case occurs, {own} hosts for each loss, and
{mix}. That many hosts, none of which differs, leave {least} % open. For half of the hosts half of their loss
comes in bursts; RTTs are 5 to 400 ms. Losses are of the round trip. Where the case is a burst that lasts as long as a host is
asked, the farms are small: in a large survey at pace fast, hosts share its SYNs, and each is asked for longer than that.
"""

_READING = """
## How to read it

A figure is what the absence of the row costs: positive, the row does good; negative, the row itself costs that. The first four columns
are of the kinds named above, those headed `mix` of the default mix, in which most hosts have no use for the row. A host that is judged rightly
both ways, or wrongly both ways, counts for neither: ± is half of the 95 % interval that the hosts which differ leave (where none differs,
3 / hosts), so a figure below its ± is not told from nothing. The farms are the same with and without the row, down to the packets that are
lost, but an attempt more or less at a port meets other luck from then on: that is the noise that remains.

No row stands alone. Rows that ask the same port share its attempts, and a later row may make up for one that is missing, at the price of
more SYNs or a longer survey: so small figures do not add up, and two rows that each seem to buy nothing may buy something together. A row
may be worth its place for what it costs least to have: an exposed host that is called closed is the worst error of all, a single one of
them weighs more than many `inconclusive`, and an opening told to the port is what a firewall's rule is looked up by. The virtual farm has
no kernel, timers or load: what they add is in [accuracy.md](accuracy.md).
"""
