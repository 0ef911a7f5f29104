"""How often the 95 % intervals of ``quizgen mark`` hold the true value, for invented people whose true values are known.

Run it as ``python -m benchmarks.intervals [TRIALS]`` in the development environment. It prints a table with a row for each figure and each sort of
people: how many of the intervals hold the true value, and how many are too low or too high.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from quizgen.analysis import Interval, count_items, measure_gain, measure_verdicts
from quizgen.analysis.intervals import paired_difference_interval, wilson_interval
from tests.analysis.people import both_sheets, given, question, sheet

Random = np.random.Generator

ITEMS = [question(f"topic/q{number}") for number in range(8)]

MANY = 400_000
"""How many people are asked for the true value of a correlation."""


class Case(NamedTuple):
    """A figure, the people that it is about, its true value, and a function that asks such people once."""

    figure: str
    people: str
    truth: float
    ask: Callable[[Random], Interval | None]


def share_right(people: int, share: float, random: Random) -> Interval:
    """Return the interval of the share of people who answer a question right."""
    return wilson_interval(int(random.binomial(people, share)), people)


def paired_shares(people: int, shares: tuple[float, float, float], random: Random) -> Interval:
    """Return the interval of a difference. ``shares`` have it right both times, only before, and only after."""
    both, before, after, neither = map(int, random.multinomial(people, [*shares, 1 - sum(shares)]))
    return paired_difference_interval(both, before, after, neither)


def mean_change(people: int, before: float, after: float, spread: float, random: Random) -> Interval | None:
    """Return the interval of the mean change of people who answer five questions twice. Their shares differ by ``spread``."""
    own = random.uniform(-spread, spread, people)
    sheets = []
    for number, more in enumerate(own):
        sides = [
            tuple(given(item, "A" if right else "B") for item, right in zip(ITEMS, rights, strict=False))
            for rights in (random.random(5) < before + more, random.random(5) < after + more)
        ]
        sheets += both_sheets(str(number), sides[0], sides[1])
    return measure_gain(sheets).interval


def answer_matrix(people: int, share: float, spread: float, random: Random) -> np.ndarray:
    """Return who answers which of eight questions right. The first is as easy as ``share``; abilities differ by ``spread``."""
    normal = NormalDist()
    easy = np.array([normal.inv_cdf(share), *map(normal.inv_cdf, (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.6))])
    ability = random.normal(0, spread, (people, 1))
    return random.normal(0, 1, (people, 8)) < ability + easy * np.sqrt(1 + spread**2)


@cache
def true_correlation(share: float, spread: float) -> float:
    """Return the correlation of the first question with the others, of very many people."""
    right = answer_matrix(MANY, share, spread, np.random.default_rng(1))
    return float(np.corrcoef(right[:, 0], right[:, 1:].mean(axis=1))[0, 1])


def item_correlation(people: int, share: float, spread: float, random: Random) -> Interval | None:
    """Return the interval of the corrected item-total correlation of a question."""
    sheets = [
        sheet("", "", *(given(item, "A" if right else "B") for item, right in zip(ITEMS, row, strict=True)))
        for row in answer_matrix(people, share, spread, random)
    ]
    return count_items(sheets)[0].correlation_interval


class Judges(NamedTuple):
    """People who judge scams and genuine contacts: their rates of hits and false alarms, which differ by ``spread``."""

    people: int
    scams: int
    genuine: int
    hits: float
    alarms: float
    spread: float = 0.0


def judge(judges: Judges, figure: str, random: Random) -> Interval | None:
    """Return the interval of a figure of telling scams from genuine contacts."""
    scam, real = ITEMS[0], ITEMS[1]
    sheets = []
    for more in random.uniform(-judges.spread, judges.spread, judges.people):
        stopped = random.random(judges.scams) < judges.hits + more
        trusted = random.random(judges.genuine) >= judges.alarms - more
        answers = [given(scam, "A" if right else "B", genuine=False) for right in stopped]
        answers += [given(real, "A" if right else "B", genuine=True) for right in trusted]
        sheets.append(sheet("", "", *answers))
    found: Interval | None = getattr(measure_verdicts(sheets), figure)
    return found


def list_cases() -> Iterator[Case]:
    """Yield all cases."""
    for people, share in ((30, 0.5), (30, 0.9), (100, 0.5), (100, 0.9), (100, 0.98)):
        words = f"{people} people, {share:.0%} right"
        yield Case("share right", words, share, partial(share_right, people, share))
    for people, shares in (
        (12, (0.4, 0.1, 0.3)), (30, (0.4, 0.1, 0.3)), (100, (0.4, 0.1, 0.3)), (30, (0.8, 0.05, 0.1)), (30, (0.3, 0.2, 0.2)),
    ):  # fmt: skip
        words = f"{people} pairs, right: {shares[0]:.0%} twice, {shares[1]:.0%} only before, {shares[2]:.0%} only after"
        truth = shares[2] - shares[1]
        yield Case("difference of paired shares", words, truth, partial(paired_shares, people, shares))
    for people, before, after, spread in (
        (10, 0.5, 0.7, 0.0), (10, 0.6, 0.8, 0.2), (30, 0.6, 0.8, 0.2), (100, 0.6, 0.8, 0.2), (10, 0.9, 0.97, 0.0), (30, 0.9, 0.97, 0.0),
    ):  # fmt: skip
        words = f"{people} people, right {before:.0%}, then {after:.0%}"
        words += ", people differ" if spread else ""
        yield Case("mean change", words, after - before, partial(mean_change, people, before, after, spread))
    for people, share, spread in (
        (30, 0.6, 0.5), (100, 0.6, 0.5), (30, 0.6, 1.0), (100, 0.6, 1.0), (30, 0.9, 1.0), (100, 0.95, 1.0), (100, 0.5, 0.0),
    ):  # fmt: skip
        truth = true_correlation(share, spread)
        words = f"{people} people, {share:.0%} right, correlation {truth:.2f}"
        yield Case("correlation", words, truth, partial(item_correlation, people, share, spread))
    for judges in (
        Judges(10, 1, 2, 0.8, 0.2), Judges(12, 1, 2, 0.95, 0.05), Judges(30, 1, 2, 0.8, 0.2), Judges(30, 1, 2, 0.95, 0.05),
        Judges(30, 1, 2, 0.98, 0.3), Judges(100, 1, 2, 0.95, 0.05), Judges(30, 4, 4, 0.7, 0.3, 0.3), Judges(100, 4, 4, 0.9, 0.1, 0.1),
    ):  # fmt: skip
        words = f"{judges.people} people, {judges.scams} + {judges.genuine} each, hits {judges.hits:.0%}, false alarms {judges.alarms:.0%}"
        words += ", people differ" if judges.spread else ""
        high, low = map(NormalDist().inv_cdf, (judges.hits, judges.alarms))
        for name, figure, truth in (
            ("scams stopped", "stopped", judges.hits),
            ("d′", "d_prime", high - low),
            ("c", "criterion", -(high + low) / 2),
        ):
            yield Case(name, words, truth, partial(judge, judges, figure))


def measure(index: int, trials: int) -> str:
    """Return a row of the table."""
    case = list(list_cases())[index]
    random = np.random.default_rng([7, index])
    found = [interval for _trial in range(trials) if (interval := case.ask(random))]
    low = sum(each.high < case.truth for each in found) / len(found)
    high = sum(each.low > case.truth for each in found) / len(found)
    return f"| {case.figure} | {case.people} | {1 - low - high:.1%} | {low:.1%} | {high:.1%} |\n"


def main() -> None:
    """Print a table."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sys.stdout.write("| figure | people | held | too low | too high |\n| :-- | :-- | --: | --: | --: |\n")
    with ProcessPoolExecutor(2) as pool:
        for row in pool.map(partial(measure, trials=trials), range(len(list(list_cases())))):
            sys.stdout.write(row)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
