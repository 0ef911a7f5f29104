"""Descriptions of past attempts, for a list."""

from functools import cache

from msgspec import Struct

from quizgen.attempt import Attempt, Rules, Score
from quizgen.text.messages import Message, _
from quizgen.view.text import localize_for_display


class AttemptView(Struct, frozen=True):
    """An attempt at a quiz, with only what a list needs, because there can be many attempts.

    ``started`` is in seconds since the epoch, ``sort`` says what sort of quiz it was, and ``topics`` are titles.
    """

    started: float
    finished: bool
    answered: int
    score: Score
    topics: tuple[str, ...]
    kiosk: bool
    is_practice: bool
    sort: Message


def build_attempt_view(attempt: Attempt, language: str) -> AttemptView:
    """Build the view of an attempt. The language can be another than the one it was taken in."""
    topics = attempt.quiz.bank.topics
    return AttemptView(
        started=attempt.started,
        finished=attempt.finished_at is not None,
        answered=attempt.position,
        score=attempt.score(),
        topics=tuple(
            _localized_title(tuple(topics[topic].title.items()), language)
            for topic in attempt.score_by_topic()
        ),
        kiosk=attempt.kiosk,
        is_practice=attempt.rules.is_practice,
        sort=describe_sort(attempt.rules),
    )


def describe_sort(rules: Rules) -> Message:
    """Return what sort of quiz somebody took, as the home page names it."""
    if rules.daily:
        return _("Five for today")
    if rules.review:
        return _("Review")
    if rules.feedback == "end" or rules.quiz_seconds or rules.question_seconds:
        return _("Exam")
    return _("Real or scam?") if rules.unfold else _("Quiz")


@cache
def _localized_title(title: tuple[tuple[str, str], ...], language: str) -> str:
    """Return the title of a topic in a language. It is cached, because there can be many attempts."""
    return localize_for_display(dict(title), language)


def describe_leaving(answered: int, total: int) -> Message:
    """Return that a quiz was left, and after how many answers."""
    return _("left after {answered} of {total}", answered=answered, total=total)
