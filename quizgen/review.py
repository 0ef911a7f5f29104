"""The dates on which questions are due for review, and streaks of days with practice. Pure functions.

The schedule is that of the ``fsrs`` package, with its default weights (Ye, Su and Cao, "A Stochastic Shortest
Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022, and its successor FSRS-6). A right answer
is rated Good; a wrong one or a skip is rated Again. There are no steps within a day, because people do not
take the same quiz several times a day, and no random part, so the same history gives the same schedule. The
schedule is not stored: it is computed from the answers by question ids, which no edit changes.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from msgspec import Struct

from quizgen.history import PastAnswer

ALLOWED_MISSED_DAYS = 1
"""Days in a row that may be missed: one bad day does not end a streak."""


class Due(Struct, frozen=True):
    """When a question is due, in seconds since the epoch, and the probability that it is still ``known`` now."""

    question: str
    at: float
    known: float


def schedule(reviews: Iterable[PastAnswer], now: float) -> list[Due]:
    """Return when each question answered so far is due, the least likely to be known ``now`` first."""
    from fsrs import Card, Rating, Scheduler  # noqa: PLC0415  loaded for a review only

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[str, Card] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        at = _utc(review.at)
        card = cards.get(review.question) or Card(card_id=0, due=at)
        rating = Rating.Good if review.right else Rating.Again
        cards[review.question], _ = scheduler.review_card(card, rating, at)
    found = [
        Due(question, card.due.timestamp(), scheduler.get_card_retrievability(card, _utc(now)))
        for question, card in cards.items()
    ]
    return sorted(found, key=lambda due: (due.known, due.question))


def streak(days: Iterable[date], today: date) -> int:
    """Count the days with practice up to ``today``, back to the first gap of more than one missed day.

    Missed days do not count. Today does not count as missed before it is over.
    """
    count, before = 0, today
    for day in sorted({day for day in days if day <= today}, reverse=True):
        if (before - day).days - 1 > ALLOWED_MISSED_DAYS:
            break
        count, before = count + 1, day
    return count


def _utc(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
