from datetime import date, timedelta

import pytest

from quizgen.history import PastAnswer
from quizgen.review import count_streak_days, schedule_reviews

DAY = 86400.0


def answers(marks: str, *, question: str = "parcels/signs", days: float = 1.0) -> list[PastAnswer]:
    """One answer each so many days, right (+) or wrong (-)."""
    return [
        PastAnswer(question, mark == "+", 1000.0 + index * days * DAY) for index, mark in enumerate(marks)
    ]


def test_without_answers_nothing_is_scheduled() -> None:
    assert schedule_reviews([], 0.0) == []


def test_a_wrong_answer_is_due_sooner_than_a_right_one() -> None:
    (right,), (wrong,) = schedule_reviews(answers("+"), 0.0), schedule_reviews(answers("-"), 0.0)
    assert DAY <= wrong.at - 1000.0 < right.at - 1000.0


def test_intervals_grow_with_each_right_answer() -> None:
    dues = []
    for length in range(1, 5):
        reviews = answers("+" * length, days=5.0)
        dues.append(schedule_reviews(reviews, 0.0)[0].at - reviews[-1].at)
    assert dues == sorted(set(dues))


def test_a_lapse_brings_a_question_back_within_days() -> None:
    reviews = answers("+++-", days=10.0)
    assert schedule_reviews(reviews, 0.0)[0].at - reviews[-1].at < 10 * DAY


def test_the_least_known_question_comes_first() -> None:
    reviews = [
        *answers("++", question="callers/code"),
        *answers("+-"),
        *answers("++", question="a/a", days=3),
    ]
    found = schedule_reviews(reviews, 30 * DAY)
    assert found[0].question == "parcels/signs"
    assert [due.known for due in found] == sorted(due.known for due in found)
    assert schedule_reviews(reversed(reviews), 30 * DAY) == found


def test_the_same_history_gives_the_same_schedule() -> None:
    assert schedule_reviews(answers("+-+"), 5.0) == schedule_reviews(answers("+-+"), 5.0)


@pytest.mark.parametrize("now", [0.0, 1e9, 4e9])
def test_random_seeds_can_be_drawn_at_any_time(now: float) -> None:
    assert all(0 <= due.known <= 1 for due in schedule_reviews(answers("+-++"), now))


TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("ago", "count"),
    [
        ((), 0),
        ((0,), 1),
        ((1, 2), 2),  # today is not missed before it is over
        ((0, 0, 2), 2),  # a missed day is forgiven
        ((0, 2, 4, 5), 4),
        ((0, 3, 4), 1),  # two in a row are not
        ((2, 3), 2),
        ((3, 4), 0),
        ((-1, 0), 1),  # a clock that was set back
    ],
)
def test_a_streak_forgives_one_day_at_a_time(ago: tuple[int, ...], count: int) -> None:
    assert count_streak_days([TODAY - timedelta(days) for days in ago], TODAY) == count
