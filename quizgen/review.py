"""When questions are due for review, and how many days in a row somebody has practised.

The schedule is that of the ``fsrs`` package with its default weights (Ye, Su and Cao, "A Stochastic Shortest
Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022, and its successor FSRS-6). A right answer
is rated Good; a wrong answer or a skip is rated Again. There are no steps within a day, because people do not
take the same quiz several times a day, and nothing is random, so that the same history gives the same schedule.
The schedule is computed from the answers and is not stored.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from msgspec import Struct

from quizgen.history import PastAnswer

ALLOWED_MISSED_DAYS = 1
"""Days in a row that may be missed: one bad day does not end a streak."""


class DueQuestion(Struct, frozen=True):
    """A question, the time ``at`` which it is due, in seconds since the epoch, and the probability that it is still ``known`` now."""

    question: str
    at: float
    known: float


def schedule_reviews(reviews: Iterable[PastAnswer], now: float) -> list[DueQuestion]:
    """Return when each question that was ever answered is due. The question least likely to be known comes first."""
    from fsrs import Card, Rating, Scheduler  # noqa: PLC0415  loaded for a review only

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[str, Card] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        at = _utc(review.at)
        card = cards.get(review.question) or Card(card_id=0, due=at)
        rating = Rating.Good if review.right else Rating.Again
        cards[review.question], _ = scheduler.review_card(card, rating, at)
    found = [
        DueQuestion(question, card.due.timestamp(), scheduler.get_card_retrievability(card, _utc(now)))
        for question, card in cards.items()
    ]
    return sorted(found, key=lambda due: (due.known, due.question))


def count_streak_days(days: Iterable[date], today: date) -> int:
    """Return how many days in a row have practice, up to ``today``. A single missed day does not end the streak.

    Missed days are not counted. Today is not missed before it is over.
    """
    count, before = 0, today
    for day in sorted({day for day in days if day <= today}, reverse=True):
        if (before - day).days - 1 > ALLOWED_MISSED_DAYS:
            break
        count, before = count + 1, day
    return count


def _utc(seconds: float) -> datetime:
    """Return a time in seconds since the epoch as a datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)
