"""Intervals and the exact test: figures of textbooks and of published tables, and how often intervals hold the true value."""

from collections.abc import Iterator

import pytest

from quizgen.analysis.intervals import (
    Interval,
    exact_mcnemar,
    mean_interval,
    paired_difference_interval,
    t_quantile,
    wilson_interval,
)
from quizgen.permutations import random_numbers


def both(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


# Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998, table I, method 3.
@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval(count: int, total: int, low: float, high: float) -> None:
    assert both(wilson_interval(count, total)) == pytest.approx((low, high), abs=5e-5)
    mirrored = wilson_interval(total - count, total)
    assert both(mirrored) == pytest.approx((1 - high, 1 - low), abs=5e-5)


# The tables of Student's t in any textbook, such as Abramowitz and Stegun, table 26.10.
@pytest.mark.parametrize(
    ("degrees", "value"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_quantiles_of_t(degrees: int, value: float) -> None:
    assert t_quantile(degrees) == pytest.approx(value, abs=5e-4)


# Fagerland, Lydersen and Laake, *Statistical Analysis of Contingency Tables*, 2017, chapter 8: the intervals of
# Newcombe (method 10) for Bentur and others (2009) and for Cavo and others (2012). There the later is subtracted.
@pytest.mark.parametrize(
    ("counts", "low", "high"), [((1, 1, 7, 12), 0.026, 0.507), ((59, 6, 16, 80), 0.0046, 0.1186)]
)
def test_interval_of_a_paired_difference(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    assert both(paired_difference_interval(*counts)) == pytest.approx((low, high), abs=5e-4)
    one, first, second, none = counts
    assert both(paired_difference_interval(one, second, first, none)) == pytest.approx(
        (-high, -low), abs=5e-4
    )


@pytest.mark.parametrize("counts", [(5, 0, 0, 0), (0, 0, 0, 5), (0, 5, 0, 0), (0, 0, 1, 0)])
def test_interval_of_a_paired_difference_stays_in_range(counts: tuple[int, int, int, int]) -> None:
    low, high = both(paired_difference_interval(*counts))
    assert -1 <= low <= high <= 1


# Fagerland, Lydersen and Laake, "The McNemar test for binary matched-pairs data", BMC Medical Research Methodology 13,
# 2013: the exact conditional test for Bentur and others (2009).
def test_exact_mcnemar() -> None:
    assert exact_mcnemar(1, 7) == exact_mcnemar(7, 1) == pytest.approx(0.0703, abs=5e-5)
    assert exact_mcnemar(0, 0) == exact_mcnemar(3, 3) == 1
    assert exact_mcnemar(0, 6) == 2 / 2**6
    assert exact_mcnemar(5000, 5100) == pytest.approx(0.3245, abs=5e-4)  # the normal distribution: z = 0.985


def chance(seed: str) -> Iterator[float]:
    return (number / 2**64 for number in random_numbers(seed))


def test_intervals_of_a_share_hold_the_true_value() -> None:
    """The average over shares is what Wilson's interval promises; for a single share it is a little more or less."""
    random, held, trials = chance("wilson"), 0, 4000
    for trial in range(trials):
        share = 0.1 + 0.8 * (trial % 41) / 40
        low, high = both(wilson_interval(sum(next(random) < share for _ in range(40)), 40))
        held += low <= share <= high
    assert held / trials == pytest.approx(0.95, abs=0.015)


def test_intervals_of_a_mean_change_hold_the_true_value() -> None:
    """Twenty people answer five questions twice; each has 0.5 right before and 0.7 after."""
    random, held, trials = chance("mean"), 0, 2000
    for _trial in range(trials):
        changes = [
            (sum(next(random) < 0.7 for _ in range(5)) - sum(next(random) < 0.5 for _ in range(5))) / 5
            for _ in range(20)
        ]
        low, high = both(mean_interval(changes))
        held += low <= 0.2 <= high
    assert held / trials == pytest.approx(0.95, abs=0.015)


def test_intervals_of_a_paired_difference_hold_the_true_value() -> None:
    """Of a hundred people, on average, 40 have it right both times, 10 only before, 30 only after and 20 never."""
    random, held, trials = chance("paired"), 0, 2000
    for _trial in range(trials):
        counts = [0, 0, 0, 0]
        for _person in range(60):
            draw = next(random)
            counts[0 if draw < 0.4 else 1 if draw < 0.5 else 2 if draw < 0.8 else 3] += 1
        low, high = both(paired_difference_interval(counts[0], counts[1], counts[2], counts[3]))
        held += low <= 0.2 <= high
    assert held / trials == pytest.approx(0.95, abs=0.015)
