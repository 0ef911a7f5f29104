"""How well many people tell scams from genuine contacts."""

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


def measure_verdicts(sittings: Iterable[Sitting]) -> Verdicts:
    """Count verdicts. Questions that were skipped do not count.

    Judgements of one person are more alike than those of several, so an interval for independent judgements alone would be too narrow. So
    those of d′ and c are the wider one of two: that interval, and that of the jackknife, which leaves out one person after another
    (Miller, "The jackknife: a review", Biometrika 61, 1974). A share counts as many judgements as if they were independent
    (Rao and Scott, "A simple method for the analysis of clustered binary data", Biometrics 48, 1992).
    """
    people = [
        counts for each in sittings if (counts := _count_verdicts(each.answers)) != Detection(0, 0, 0, 0)
    ]
    counts = _add(people)
    if len(people) < MIN_PEOPLE or not counts.scams or not counts.genuine:
        return Verdicts(len(people), counts, None, None, None, None)
    error = _d_prime_error(counts)
    d_prime, criterion = counts.d_prime or 0.0, counts.criterion or 0.0

    def widen(middle: float, half: float, statistic: Callable[[Detection], float]) -> Interval:
        half = max(half, t_quantile(len(people) - 1) * _jackknife_error(people, statistic))
        return Interval(middle - half, middle + half)

    return Verdicts(
        people=len(people),
        counts=counts,
        stopped=_share_interval(people, lambda each: (each.stopped, each.scams)),
        trusted=_share_interval(people, lambda each: (each.trusted, each.genuine)),
        d_prime=widen(d_prime, Z * error, lambda each: each.d_prime or 0.0),
        criterion=widen(criterion, Z * error / 2, lambda each: each.criterion or 0.0),
    )


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


def _share_interval(people: Sequence[Detection], counted: Callable[[Detection], tuple[int, int]]) -> Interval:
    """Return the interval of a share of judgements. ``counted`` returns how many are right, and how many there are."""
    right, total = counted(_add(people))
    share = right / total
    variance = share * (1 - share) / total
    error = _jackknife_error(people, lambda each: counted(each)[0] / counted(each)[1])
    surplus = max(1.0, error**2 / variance) if variance else 1.0
    return wilson_interval(right / surplus, total / surplus)


def _jackknife_error(people: Sequence[Detection], statistic: Callable[[Detection], float]) -> float:
    """Return the standard error of a statistic of all people together, from how it changes when one person is left out."""
    whole = _add(people)
    kept = [_subtract(whole, one) for one in people]
    values = [statistic(each) for each in kept if each.scams and each.genuine]
    if len(values) < 2:  # noqa: PLR2004  one value has no spread
        return 0.0
    mean = sum(values) / len(values)
    return sqrt((len(values) - 1) / len(values) * sum((value - mean) ** 2 for value in values))


def _subtract(whole: Detection, one: Detection) -> Detection:
    return Detection(
        whole.scams - one.scams,
        whole.stopped - one.stopped,
        whole.genuine - one.genuine,
        whole.trusted - one.trusted,
    )
