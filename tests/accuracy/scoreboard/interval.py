"""The exact (Clopper-Pearson) interval of a share, by the incomplete beta function."""

from __future__ import annotations

from math import exp, lgamma, log


def clopper_pearson(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """(0, 1) of nothing."""
    if of == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _quantile(tail, hits, of - hits + 1)
    high = 1.0 if hits == of else _quantile(1 - tail, hits + 1, of - hits)
    return low, high


def _quantile(p: float, a: float, b: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):  # bisection: to 1e-18
        middle = (low + high) / 2
        if regularized_beta(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def regularized_beta(x: float, a: float, b: float) -> float:
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x > (a + 1) / (a + b + 2):  # where the fraction converges slowly, its mirror image is quick
        return 1 - front * _continued_fraction(1 - x, b, a) / b
    return front * _continued_fraction(x, a, b) / a


def _continued_fraction(x: float, a: float, b: float) -> float:
    """Lentz's method on the fraction of DLMF 8.17.22."""
    tiny = 1e-300
    c, d = 1.0, 1 / ((1 - (a + b) * x / (a + 1)) or tiny)
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / ((1 + term * d) or tiny)
            c = (1 + term / c) or tiny
            value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value
