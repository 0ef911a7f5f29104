"""Intervals that hold the true value in 95 of 100 cases, and an exact test, from textbooks."""

from collections.abc import Sequence
from math import atan, cos, pi, sin, sqrt
from statistics import fmean, stdev

from msgspec import Struct

Z = 1.959964
"""The 97.5th percentile of the normal distribution."""


class Interval(Struct, frozen=True):
    """A range from ``low`` to ``high``."""

    low: float
    high: float


def wilson_interval(count: float, total: float) -> Interval:
    """Return the interval of a share (Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22, 1927).

    ``count`` and ``total`` need not be whole numbers.
    """
    if not total:
        return Interval(0.0, 1.0)
    share = count / total
    middle = share + Z**2 / (2 * total)
    half = Z * sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
    scale = 1 + Z**2 / total
    return Interval(max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale))


def mean_interval(values: Sequence[float]) -> Interval:
    """Return the interval of the mean of at least two values, by Student's t (Student, "The probable error of a mean", Biometrika 6, 1908).

    It needs no random numbers, and with few people it holds the true value more often than a bootstrap does.
    """
    half = t_quantile(len(values) - 1) * stdev(values) / sqrt(len(values))
    return Interval(fmean(values) - half, fmean(values) + half)


def t_quantile(degrees: int) -> float:
    """Return the 97.5th percentile of Student's t, by halving a range that contains it."""
    low, high = 0.0, 13.0  # 12.71 with one degree of freedom
    for _step in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if _central_t_probability(middle, degrees) < 0.95 else (low, middle)  # noqa: PLR2004
    return low


def _central_t_probability(t: float, degrees: int) -> float:
    """Return the probability that Student's t is between ``-t`` and ``t`` (Abramowitz and Stegun, *Handbook of Mathematical Functions*, 1964, 26.7.3 and 26.7.4)."""
    angle = atan(t / sqrt(degrees))
    odd = degrees % 2
    term, total = (cos(angle), 0.0) if odd else (1.0, 1.0)
    for index in range(3 if odd else 2, degrees, 2):
        if odd:
            total += term
            term *= cos(angle) ** 2 * (index - 1) / index
        else:
            term *= cos(angle) ** 2 * (index - 1) / index
            total += term
    if not odd:
        return sin(angle) * total
    return 2 / pi * (angle + sin(angle) * (total + term if degrees > 1 else 0.0))


def paired_difference_interval(both: int, first: int, second: int, neither: int) -> Interval:
    """Return the interval of the share of all pairs with the second, less the share with the first.

    ``first`` pairs have only the first, ``second`` only the second. This is method 10 of Newcombe, "Improved
    confidence intervals for the difference between binomial proportions based on paired data", Statistics in
    Medicine 17, 1998, pages 2635 to 2650. There must be at least one pair.
    """
    total = both + first + second + neither
    before, after = both + first, both + second
    share, other = before / total, after / total
    one, two = wilson_interval(before, total), wilson_interval(after, total)
    product = before * (total - before) * after * (total - after)
    surplus = float(both * neither - first * second)
    if surplus > 0:
        surplus = max(surplus - total / 2, 0.0)
    phi = surplus / sqrt(product) if product else 0.0

    def combine(a: float, b: float) -> float:
        return sqrt(max(a**2 - 2 * phi * a * b + b**2, 0.0))

    return Interval(
        other - share - combine(other - two.low, one.high - share),
        other - share + combine(two.high - other, share - one.low),
    )


def exact_mcnemar(first: int, second: int) -> float:
    """Return the probability of pairs at least as uneven by chance, if as many change one way as the other.

    This is the exact two-sided test of McNemar, "Note on the sampling error of the difference between correlated
    proportions or percentages", Psychometrika 12, 1947.
    """
    total = first + second
    tail = term = 1
    for count in range(min(first, second)):
        term = term * (total - count) // (count + 1)  # how many ways there are to choose one more
        tail += term
    return min(1.0, tail / 2 ** (total - 1)) if total else 1.0
