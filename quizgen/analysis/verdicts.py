"""How well many people tell scams from genuine contacts, and whether those who are sure are right."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from statistics import NormalDist

from msgspec import Struct

from quizgen.analysis.intervals import Interval, Z, t_quantile, wilson_interval
from quizgen.analysis.sitting import GivenAnswer, Sitting
from quizgen.detection import Detection

MIN_PEOPLE = 10
"""With fewer people, how they differ from each other says nothing yet, and nothing is said about all people like them."""


class Verdicts(Struct, frozen=True):
    """What people said about scams and genuine contacts, all judgements together, with 95 % intervals.

    ``stopped`` and ``trusted`` are the intervals of the share of scams that were called scams, and of genuine contacts that were called
    genuine; ``d_prime`` and ``criterion`` those of sensitivity and bias. All are ``None`` if something is missing: scams, genuine
    contacts, or at least MIN_PEOPLE people.
    """

    people: int
    counts: Detection
    stopped: Interval | None
    trusted: Interval | None
    d_prime: Interval | None
    criterion: Interval | None


class Calibration(Struct, frozen=True):
    """The answers that people were equally sure of: ``right`` of ``total`` are right. ``sureness`` is 1 (a guess) to 5 (certain)."""

    sureness: int
    right: int
    total: int

    @property
    def interval(self) -> Interval:
        """The 95 % interval of the share that is right."""
        return wilson_interval(self.right, self.total)


def measure_verdicts(sittings: Iterable[Sitting]) -> Verdicts:
    """Count verdicts. Questions that were skipped do not count.

    Judgements of one person are more alike than those of several, so an interval for independent judgements alone would be too narrow. So
    each is the wider one of two: that interval, and that of the jackknife, which leaves out one person after another (Miller,
    "The jackknife: a review", Biometrika 61, 1974).
    """
    people = [
        counts for each in sittings if (counts := _count_verdicts(each.answers)) != Detection(0, 0, 0, 0)
    ]
    counts = _add(people)
    if len(people) < MIN_PEOPLE or not counts.scams or not counts.genuine:
        return Verdicts(len(people), counts, None, None, None, None)
    error = _d_prime_error(counts)
    d_prime, criterion = counts.d_prime or 0.0, counts.criterion or 0.0

    def widen(interval: Interval, statistic: Callable[[Detection], float]) -> Interval:
        other = _jackknife_interval(people, statistic)
        return Interval(min(interval.low, other.low), max(interval.high, other.high))

    return Verdicts(
        people=len(people),
        counts=counts,
        stopped=_as_share(
            widen(wilson_interval(counts.stopped, counts.scams), lambda each: each.stopped / each.scams)
        ),
        trusted=_as_share(
            widen(wilson_interval(counts.trusted, counts.genuine), lambda each: each.trusted / each.genuine)
        ),
        d_prime=widen(_around(d_prime, Z * error), lambda each: each.d_prime or 0.0),
        criterion=widen(_around(criterion, Z * error / 2), lambda each: each.criterion or 0.0),
    )


def measure_calibration(sittings: Iterable[Sitting]) -> list[Calibration]:
    """Count right answers by how sure people were, the surest first. Nothing if nobody was asked."""
    given = [each for sitting in sittings for each in sitting.answers if each.sureness is not None]
    total = Counter(each.sureness for each in given)
    right = Counter(each.sureness for each in given if each.right)
    return [Calibration(sure, right[sure], total[sure]) for sure in range(5, 0, -1) if total[sure]]


def _count_verdicts(answers: Iterable[GivenAnswer]) -> Detection:
    judged = Counter((each.genuine, each.right) for each in answers if each.chosen is not None)
    return Detection(
        scams=judged[False, True] + judged[False, False],
        stopped=judged[False, True],
        genuine=judged[True, True] + judged[True, False],
        trusted=judged[True, True],
    )


def _add(people: Sequence[Detection]) -> Detection:
    """Add up the counts of people."""
    return Detection(
        scams=sum(each.scams for each in people),
        stopped=sum(each.stopped for each in people),
        genuine=sum(each.genuine for each in people),
        trusted=sum(each.trusted for each in people),
    )


def _d_prime_error(counts: Detection) -> float:
    """Return the standard error of d′ for independent judgements; that of the criterion is half as large.

    The variance is that of Gourevitch and Galanter, "A significance test for one parameter isosensitivity functions",
    Psychometrika 32, 1967 (also Macmillan and Creelman, *Detection Theory*, second edition, 2005, chapter 13). The rates
    have the log-linear correction, as in ``detection.py``.
    """
    normal, variance = NormalDist(), 0.0
    for count, total in ((counts.stopped, counts.scams), (counts.trusted, counts.genuine)):
        rate = (count + 0.5) / (total + 1)
        variance += rate * (1 - rate) / (total * normal.pdf(normal.inv_cdf(rate)) ** 2)
    return sqrt(variance)


def _jackknife_interval(people: Sequence[Detection], statistic: Callable[[Detection], float]) -> Interval:
    """Return the interval of a statistic of all people together, from how it changes when one person is left out."""
    whole = _add(people)
    kept = [_subtract(whole, one) for one in people]
    values = [statistic(each) for each in kept if each.scams and each.genuine]
    if len(values) < 2:  # noqa: PLR2004  one value has no spread
        return _around(statistic(whole), 0.0)
    mean = sum(values) / len(values)
    spread = (len(values) - 1) / len(values) * sum((value - mean) ** 2 for value in values)
    return _around(statistic(whole), t_quantile(len(values) - 1) * sqrt(spread))


def _subtract(whole: Detection, one: Detection) -> Detection:
    return Detection(
        whole.scams - one.scams,
        whole.stopped - one.stopped,
        whole.genuine - one.genuine,
        whole.trusted - one.trusted,
    )


def _around(middle: float, half: float) -> Interval:
    return Interval(middle - half, middle + half)


def _as_share(interval: Interval) -> Interval:
    return Interval(max(interval.low, 0.0), min(interval.high, 1.0))
