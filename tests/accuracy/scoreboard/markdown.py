"""Markdown tables that also read well in a terminal, and numbers as the tables show them."""

from __future__ import annotations

from .interval import clopper_pearson
from .score import Share


def table(heads: list[str], rows: list[list[object]], left: int = 1) -> list[str]:
    """The first `left` columns are text, the others numbers, to the right."""
    cells = [heads, *([str(cell) for cell in row] for row in rows)]
    widths = [max(3, *(len(row[i]) for row in cells)) for i in range(len(heads))]
    rule = ["-" * width if i < left else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return ["| " + " | ".join(cell.ljust(width) if i < left else cell.rjust(width)
                              for i, (cell, width) in enumerate(zip(row, widths))) + " |"
            for row in [cells[0], rule, *cells[1:]]]


def percent(share: Share) -> str:
    """Never 100 for less than all."""
    if share.value is None:
        return "n/a"
    if share.hits == share.of:
        return "100"
    return f"{min(100 * share.value, 99.99):.2f}"


def interval(share: Share) -> str:
    low, high = clopper_pearson(share.hits, share.of)
    return f"{100 * low:.1f}-{100 * high:.1f}" if share.of else "n/a"


def part(share: Share) -> str:
    return f"{share.hits}/{share.of}" if share.of else "n/a"


def loss_percent(loss: str) -> str:
    return "-".join(f"{100 * float(end):g}" for end in loss.split("-"))


def name_of_set(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in sorted(set(numbers)))
