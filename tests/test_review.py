from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from quizgen.history import PastAnswer
from quizgen.review import choose_variants, count_streak_days, schedule_matters, schedule_reviews

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


def scheduled_by_the_package(reviews: list[PastAnswer], now: float) -> tuple[float, float]:
    """Return when the package fsrs says that the question is due, and how well it is known."""
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card = Card(card_id=0)
    for review in reviews:
        rating = Rating.Good if review.right else Rating.Again
        card, _ = scheduler.review_card(card, rating, datetime.fromtimestamp(review.at, UTC))
    return card.due.timestamp(), scheduler.get_card_retrievability(card, datetime.fromtimestamp(now, UTC))


@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([0.2, 1.0, 4.5, 60.0])), min_size=1), st.integers(0, 90)
)
def test_the_schedule_is_that_of_the_package(answered: list[tuple[bool, float]], later: int) -> None:
    at = 1e9
    reviews: list[PastAnswer] = []
    for right, days in answered:
        at += days * DAY
        reviews.append(PastAnswer("q", right, at))
    now = at + later * DAY
    (found,) = schedule_reviews(reviews, now)
    assert (found.at, found.known) == pytest.approx(scheduled_by_the_package(reviews, now))


def test_a_hundred_thousand_answers_are_scheduled_without_the_package_s_objects() -> None:
    reviews = [PastAnswer(f"q{number % 500}", number % 3 > 0, number * 300.0) for number in range(100_000)]
    began = process_time()
    assert len(schedule_reviews(reviews, 4e7)) == 500
    assert process_time() - began < 1.0


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


MATTERS = {"a": "family", "b": "family", "c": "family", "alone": "alone"}


def test_questions_on_one_matter_are_due_together() -> None:
    reviews = [
        PastAnswer("a", right=False, at=1.0),
        PastAnswer("alone", right=True, at=2.0),
        PastAnswer("b", right=True, at=3.0),
        PastAnswer("elsewhere", right=True, at=4.0),
    ]
    found = {due.question: due for due in schedule_matters(reviews, MATTERS, 5.0)}
    assert set(found) == {"a", "b", "alone"}
    assert found["a"].right
    assert (found["a"].at, found["a"].known) == (found["b"].at, found["b"].known)
    (alone,) = schedule_reviews([reviews[1]], 5.0)
    assert found["alone"] == alone


def test_a_review_asks_the_question_on_the_matter_that_was_asked_longest_ago() -> None:
    reviews = [
        PastAnswer("a", right=False, at=1.0),
        PastAnswer("b", right=True, at=3.0),
        PastAnswer("alone", right=True, at=2.0),
    ]
    assert choose_variants(["alone", "a", "b"], MATTERS, reviews) == ["alone", "c"]
    reviews.append(PastAnswer("c", right=False, at=4.0))
    assert choose_variants(["c"], MATTERS, reviews) == ["a"]
    assert choose_variants(["gone"], MATTERS, reviews) == ["gone"]


@pytest.mark.parametrize(
    ("marks", "days", "expected"),
    [("+", 1.0, 1), ("++", 0.01, 1), ("++", 1.0, 2), ("+-", 1.0, 0), ("++-+", 1.0, 1), ("-+++", 1.0, 3)],
)
def test_right_answers_count_once_a_day_since_the_last_mistake(
    marks: str, days: float, expected: int
) -> None:
    assert schedule_reviews(answers(marks, days=days), 0.0)[0].right_days == expected


def test_the_caller_says_when_a_day_ends() -> None:
    late = [PastAnswer("a/a", right=True, at=0.95 * DAY), PastAnswer("a/a", right=True, at=1.05 * DAY)]
    assert schedule_reviews(late, 0.0)[0].right_days == 2
    assert schedule_reviews(late, 0.0, lambda at: (at + 7200) // DAY)[0].right_days == 1
