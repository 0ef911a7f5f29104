"""Scams stopped, genuine contacts trusted, d′ and c with their intervals."""

from collections.abc import Iterator

import pytest

from quizgen.analysis import Sitting, measure_verdicts
from quizgen.analysis.verdicts import MIN_PEOPLE
from quizgen.detection import Detection
from quizgen.permutations import random_numbers
from tests.analysis.people import given, question, sheet

SCAM, GENUINE, OTHER = question("topic/scam"), question("topic/genuine"), question("topic/other")


def person(stopped: int, scams: int, trusted: int, genuine: int) -> Sitting:
    """Make the sitting of a person who is right about some scams and some genuine contacts."""
    return sheet(
        "",
        "",
        *(given(SCAM, "A" if number < stopped else "B", genuine=False) for number in range(scams)),
        *(given(GENUINE, "A" if number < trusted else "B", genuine=True) for number in range(genuine)),
        given(OTHER, "A"),
    )


# Macmillan and Creelman, Detection Theory, second edition, chapter 1: recognition of faces without and under hypnosis, 100
# old faces and 100 new ones. d′ is 0.992 and 0.999; c is 0.000 and -0.727. The log-linear correction lowers d′ a little.
@pytest.mark.parametrize(
    ("hits", "false_alarms", "d_prime", "criterion"), [(69, 31, 0.992, 0.0), (89, 59, 0.999, -0.727)]
)
def test_the_example_of_a_textbook(hits: int, false_alarms: int, d_prime: float, criterion: float) -> None:
    counts = Detection(100, hits, 100, 100 - false_alarms)
    assert counts.d_prime == pytest.approx(d_prime, abs=0.02)
    assert counts.criterion == pytest.approx(criterion, abs=0.02)
    verdicts = measure_verdicts(
        [*[person(0, 1, 0, 1)] * 2, *[person(hits, 100, 100 - false_alarms, 100)] * 10]
    )
    assert verdicts.counts == Detection(1002, 10 * hits, 1002, 1000 - 10 * false_alarms)


def test_the_variance_of_gourevitch_and_galanter() -> None:
    """Ten people alike, 100 scams and 100 genuine contacts, 69 and 69 right: by hand, with the corrected rate 0.6881.

    z = 0.4905, density 0.3537; 0.6881 x 0.3119 / (100 x 0.1251) = 0.01716; twice that is 0.0343, its root 0.1853.
    """
    people = [person(7, 10, 7, 10)] * 9 + [person(6, 10, 6, 10)]
    verdicts = measure_verdicts(people)
    assert verdicts.counts == Detection(100, 69, 100, 69)
    assert verdicts.d_prime is not None
    assert verdicts.criterion is not None
    assert (verdicts.d_prime.high - verdicts.d_prime.low) / 2 == pytest.approx(1.96 * 0.1853, abs=1e-3)
    assert (verdicts.criterion.high - verdicts.criterion.low) / 2 == pytest.approx(0.98 * 0.1853, abs=1e-3)


def test_people_who_differ_widen_the_interval() -> None:
    alike = measure_verdicts([person(3, 4, 3, 4)] * 20)
    different = measure_verdicts([person(4, 4, 4, 4), person(2, 4, 2, 4)] * 10)
    assert alike.counts == different.counts
    for name in ("stopped", "trusted", "d_prime"):
        narrow, wide = getattr(alike, name), getattr(different, name)
        assert wide.low <= narrow.low < narrow.high <= wide.high


def chance(seed: str) -> Iterator[float]:
    return (number / 2**64 for number in random_numbers(seed))


def test_intervals_hold_the_true_share_although_people_differ() -> None:
    """Half of the people stop scams with probability 0.9, the others with 0.5, each four of them; the true share is 0.7."""
    random, held, trials = chance("verdicts"), 0, 600
    for _trial in range(trials):
        people = []
        for _person in range(40):
            skill = 0.9 if next(random) < 0.5 else 0.5
            stopped, trusted = (sum(next(random) < skill for _ in range(4)) for _ in range(2))
            people.append(person(stopped, 4, trusted, 4))
        found = measure_verdicts(people).stopped
        assert found is not None
        held += found.low <= 0.7 <= found.high
    assert held / trials == pytest.approx(0.95, abs=0.015)


def test_intervals_of_sensitivity_and_criterion_hold_the_true_value() -> None:
    """One in five people errs: hits 0.8, false alarms 0.2, so that d′ is 1.683 and c is 0, for 40 people with four judgements each."""
    random, held, held_criterion, trials = chance("d-prime"), 0, 0, 600
    for _trial in range(trials):
        rights = [[sum(next(random) < 0.8 for _ in range(2)) for _side in range(2)] for _ in range(40)]
        found = measure_verdicts([person(stopped, 2, trusted, 2) for stopped, trusted in rights])
        assert found.d_prime is not None
        assert found.criterion is not None
        held += found.d_prime.low <= 1.6832 <= found.d_prime.high
        held_criterion += found.criterion.low <= 0 <= found.criterion.high
    # The wider of two intervals holds the value a little more often than 95 %.
    assert 0.935 <= held / trials <= 0.98
    assert 0.935 <= held_criterion / trials <= 0.98


def test_intervals_of_a_share_are_not_much_wider_than_they_need_be() -> None:
    """Thirty people judge one scam each, and one in five errs: the judgements are independent."""
    random, held, trials = chance("one each"), 0, 600
    for _trial in range(trials):
        found = measure_verdicts([person(next(random) < 0.8, 1, 1, 1) for _person in range(30)]).stopped
        assert found is not None
        held += found.low <= 0.8 <= found.high
    assert 0.93 <= held / trials <= 0.975


@pytest.mark.parametrize(
    "people",
    [[], [person(1, 1, 1, 1)] * (MIN_PEOPLE - 1), [person(1, 1, 0, 0)] * 20, [person(0, 0, 1, 1)] * 20],
)
def test_too_little_for_an_interval(people: list[Sitting]) -> None:
    verdicts = measure_verdicts(people)
    assert (verdicts.people, verdicts.stopped, verdicts.d_prime) == (len(people), None, None)


def test_everybody_right_has_an_interval_that_is_not_a_point() -> None:
    found = measure_verdicts([person(2, 2, 2, 2)] * 12).stopped
    assert found is not None
    assert found.low < 0.9
    assert found.high == pytest.approx(1)
