"""When a question is due again, and for how many days somebody has practised. Pure; the formula is FSRS's own.

The schedule is the ``fsrs`` package's, with its default weights (Ye, Su and Cao, "A Stochastic Shortest
Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022, and the FSRS-6 that came of it). A
right answer is rated Good, a wrong one or a skip Again. There are no steps within a day, since a quiz is
not a stack of cards, and no chance, so that the same history gives the same schedule. Nothing of it is
stored: it follows from the answers, by the ids of questions, which no edit changes.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from msgspec import Struct

from quizgen.history import Reviewed

ALLOWED_MISSED_DAYS = 1
"""Days in a row that may be missed: one bad day is no reason to begin anew."""


class Due(Struct, frozen=True):
    """When a question is due, in seconds since the epoch, and the chance that it is still known then or now."""

    question: str
    at: float
    known: float


def schedule(reviews: Iterable[Reviewed], now: float) -> list[Due]:
    """Give each question ever answered, the least likely to be known ``now`` first."""
    from fsrs import Card, Rating, Scheduler  # noqa: PLC0415  loaded for a review only

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[str, Card] = {}
    for review in sorted(reviews, key=lambda review: review.at):
        at = _moment(review.at)
        card = cards.get(review.question) or Card(card_id=0, due=at)
        rating = Rating.Good if review.right else Rating.Again
        cards[review.question], _ = scheduler.review_card(card, rating, at)
    found = [
        Due(question, card.due.timestamp(), scheduler.get_card_retrievability(card, _moment(now)))
        for question, card in cards.items()
    ]
    return sorted(found, key=lambda due: (due.known, due.question))


def streak(days: Iterable[date], today: date) -> int:
    """Count the days with practice up to ``today``, back to where more than one day in a row was missed.

    Missed days do not count, and today is not missed before it is over.
    """
    count, before = 0, today
    for day in sorted({day for day in days if day <= today}, reverse=True):
        if (before - day).days - 1 > ALLOWED_MISSED_DAYS:
            break
        count, before = count + 1, day
    return count


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
