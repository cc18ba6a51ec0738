"""Wall time against hosts, both logarithmic, as an SVG that needs nothing and follows light and dark."""

from __future__ import annotations

from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 200, 30, 50
COLOURS = ("#0b6e99", "#c0392b", "#7d5a00", "#6c3483", "#2e7d32", "#555555")
STYLE = ("text{font:13px sans-serif;fill:#222}.grid{stroke:#ccc}path{fill:none;stroke-width:2.5}"
         "rect{fill:#fff}@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}rect{fill:#161616}}")

Series = dict[str, dict[int, float]]  # by title: seconds by hosts


def svg(series: Series) -> str:
    xs = [x for line in series.values() for x in line]
    ys = [y for line in series.values() for y in line.values()]
    x_of = _scale(floor(log10(min(xs))), ceil(log10(max(xs))), LEFT, WIDTH - RIGHT)
    y_of = _scale(floor(log10(min(ys))), ceil(log10(max(ys))), HEIGHT - BOTTOM, TOP)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
             'aria-label="Wall time by number of hosts">', f"<style>{STYLE}</style>",
             f'<rect width="{WIDTH}" height="{HEIGHT}"/>']
    parts += [f'<line class="grid" x1="{x_of(x):.1f}" y1="{TOP}" x2="{x_of(x):.1f}" y2="{HEIGHT - BOTTOM}"/>'
              f'<text x="{x_of(x):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{x:,}</text>'
              for x in sorted(set(xs))]
    parts += [f'<line class="grid" x1="{LEFT}" y1="{y_of(y):.1f}" x2="{WIDTH - RIGHT}" y2="{y_of(y):.1f}"/>'
              f'<text x="{LEFT - 8}" y="{y_of(y) + 4:.1f}" text-anchor="end">{y:g} s</text>' for y in _decades(ys)]
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">hosts</text>')
    labels = []
    for (title, line), colour in zip(series.items(), COLOURS):
        points = [(x_of(x), y_of(y)) for x, y in sorted(line.items())]
        parts.append(f'<path stroke="{colour}" d="M' + " L".join(f"{x:.1f} {y:.1f}" for x, y in points) + '"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
        labels.append((points[-1][1], points[-1][0], title, colour))
    parts += [f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" style="fill:{colour}">{escape(title)}</text>'
              for y, x, title, colour in _apart(labels)]
    return "\n".join([*parts, "</svg>\n"])


def _scale(low: int, high: int, start: float, end: float):
    return lambda value: start + (log10(value) - low) / max(high - low, 1) * (end - start)


def _decades(values: list[float]) -> list[float]:
    return [10.0 ** n for n in range(floor(log10(min(values))), ceil(log10(max(values))) + 1)]


def _apart(labels: list[tuple]) -> list[tuple]:
    """Moved down until no two stand on the same line."""
    placed = []
    for y, *rest in sorted(labels):
        placed.append((max(y, placed[-1][0] + 16) if placed else y, *rest))
    return placed
