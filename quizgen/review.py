"""When a question is due again, from every answer that was ever given to it. Pure; the formula is FSRS's own.

The schedule is the ``fsrs`` package's, with its default weights (Ye, Su and Cao, "A Stochastic Shortest
Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022, and the FSRS-6 that came of it). A
right answer is rated Good, a wrong one or a skip Again. There are no steps within a day, since a quiz is
not a stack of cards, and no chance, so that the same history gives the same schedule. Nothing of it is
stored: it follows from the answers, by the ids of questions, which no edit changes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

from quizgen.history import Reviewed


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


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
