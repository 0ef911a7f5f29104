"""Descriptions of past attempts, for a list and for charts of progress."""

from collections.abc import Sequence
from functools import cache
from typing import Literal

from msgspec import Struct

from quizgen.attempt import Attempt, Rules, Score
from quizgen.detection import Detection, count_verdicts
from quizgen.text.messages import Message, _
from quizgen.view.text import localize_for_display

_WEEK = 7 * 86_400.0  # seconds
_LATELY = 10
"""How many of the latest attempts with a topic a trend is about."""
_NOTICEABLE = 0.05
"""The smallest difference of two shares that counts as a change."""


class AttemptView(Struct, frozen=True):
    """An attempt at a quiz, with only what a list and a chart need, because there can be many attempts.

    ``started`` is in seconds since the epoch. ``sort`` says what sort of quiz it was, and ``bank`` is the title of its question bank, or "". ``topics`` has the titles of the topics and ``by_topic``
    the scores, both by topic id.
    """

    started: float
    finished: bool
    answered: int
    score: Score
    language: str
    seed: int
    topics: dict[str, str]
    by_topic: dict[str, Score]
    detection: Detection
    kiosk: bool
    is_practice: bool
    sort: Message
    bank: str

    @property
    def counts_as_progress(self) -> bool:
        """Whether the attempt shows progress: it was neither at a kiosk nor a repeat of missed questions."""
        return not self.kiosk and not self.is_practice


class TopicProgress(Struct, frozen=True):
    """The scores for one topic, or for all topics together, in one attempt after another, oldest first.

    The score is ``None`` for an attempt without the topic. At least one attempt has it.
    """

    title: str
    scores: tuple[Score | None, ...]

    @property
    def right_shares(self) -> tuple[float | None, ...]:
        """The share of right answers in each attempt, from 0 to 1."""
        return tuple(None if score is None else score.right / score.total for score in self.scores)


class ExhibitVerdicts(Struct, frozen=True):
    """How well somebody told scams from genuine contacts in one attempt.

    ``started`` is when the attempt began, in seconds since the epoch.
    """

    started: float
    detection: Detection

    @property
    def share_of_scams_recognised(self) -> float | None:
        """The share of scams that were recognised as scams, from 0 to 1; ``None`` if there were none."""
        return self.detection.stopped / self.detection.scams if self.detection.scams else None

    @property
    def share_of_genuine_recognised(self) -> float | None:
        """The share of genuine contacts that were recognised as genuine, from 0 to 1; ``None`` if there were none."""
        return self.detection.trusted / self.detection.genuine if self.detection.genuine else None


class TopicTrend(Struct, frozen=True):
    """The share of right answers to a topic lately, from 0 to 1, and how it compares with before.

    ``trend`` is better, worse or same, or "" if there is nothing to compare with.
    """

    title: str
    share: float
    trend: Literal["better", "worse", "same", ""]


class HistorySummary(Struct, frozen=True):
    """What a history adds up to, without attempts at a stall and repeats.

    - ``days`` is on how many days questions were answered, ``streak`` how many in a row up to today.
    - ``recent_share`` is the share of right answers in the last seven days, ``None`` if there are none.
    """

    days: int
    streak: int
    quizzes: int
    recent_share: float | None
    topics: tuple[TopicTrend, ...]


def summarise_history(attempts: Sequence[AttemptView], days: int, streak: int, now: float) -> HistorySummary:
    """Sum up attempts, oldest first. Only finished ones count. ``now`` is in seconds since the epoch."""
    done = [attempt for attempt in attempts if attempt.finished and attempt.counts_as_progress]
    recent = _share_of_right_answers([attempt.score for attempt in done if attempt.started > now - _WEEK])
    titles: dict[str, str] = {}
    scores: dict[str, list[Score]] = {}
    for attempt in done:
        titles.update(attempt.topics)
        for topic, score in attempt.by_topic.items():
            scores.setdefault(topic, []).append(score)
    topics = tuple(_topic_trend(titles[topic], each) for topic, each in scores.items())
    return HistorySummary(days, streak, len(done), recent, topics)


def _topic_trend(title: str, scores: Sequence[Score]) -> TopicTrend:
    """Compare the latest attempts that have a topic with as many before."""
    share, before = (
        _share_of_right_answers(scores[-_LATELY:]),
        _share_of_right_answers(scores[-2 * _LATELY : -_LATELY]),
    )
    assert share is not None  # noqa: S101  there is a score
    if before is None:
        return TopicTrend(title, share, "")
    if abs(share - before) < _NOTICEABLE:
        return TopicTrend(title, share, "same")
    return TopicTrend(title, share, "better" if share > before else "worse")


def _share_of_right_answers(scores: Sequence[Score]) -> float | None:
    total = sum(score.total for score in scores)
    return sum(score.right for score in scores) / total if total else None


def build_attempt_view(attempt: Attempt, language: str) -> AttemptView:
    """Build the view of an attempt. The language can be another than the one it was taken in."""
    by_topic, bank = attempt.score_by_topic(), attempt.quiz.bank
    return AttemptView(
        started=attempt.started,
        finished=attempt.finished_at is not None,
        answered=attempt.position,
        score=attempt.score(),
        language=attempt.quiz.language,
        seed=attempt.quiz.seed,
        topics={
            topic: _localized_title(tuple(bank.topics[topic].title.items()), language) for topic in by_topic
        },
        by_topic=by_topic,
        detection=count_verdicts(attempt),
        kiosk=attempt.kiosk,
        is_practice=attempt.rules.is_practice,
        sort=describe_sort(attempt.rules),
        bank=_localized_title(tuple(bank.declared.title.items()), language),
    )


def describe_sort(rules: Rules) -> Message:
    """Return what sort of quiz somebody took, as the home page names it."""
    if rules.rush:
        return _("Rush")
    if rules.daily:
        return _("Five for today")
    if rules.review:
        return _("Review")
    if rules.feedback == "end" or rules.quiz_seconds or rules.question_seconds:
        return _("Exam")
    return _("Real or scam?") if rules.unfold else _("Quiz")


@cache
def _localized_title(title: tuple[tuple[str, str], ...], language: str) -> str:
    """Return the title of a topic or a question bank in a language. It is cached, because there can be many attempts."""
    return localize_for_display(dict(title), language)


def describe_leaving(answered: int, total: int) -> Message:
    """Return that a quiz was left, and after how many answers."""
    return _("left after {answered} of {total}", answered=answered, total=total)


def list_topic_progress(attempts: Sequence[AttemptView], language: str) -> tuple[TopicProgress, ...]:
    """Return the progress over finished attempts: for all topics together, then for each topic.

    The result is empty for fewer than two finished attempts.
    """
    done = [attempt for attempt in attempts if attempt.finished]
    if len(done) < 2:  # noqa: PLR2004  one point is no line
        return ()
    titles: dict[str, str] = {}
    for attempt in done:
        titles.update(attempt.topics)  # the latest title replaces earlier ones
    together = TopicProgress(_("All").translated(language), tuple(attempt.score for attempt in done))
    return (
        together,
        *(
            TopicProgress(title, tuple(attempt.by_topic.get(topic) for attempt in done))
            for topic, title in titles.items()
        ),
    )


def list_exhibit_verdicts(attempts: Sequence[AttemptView]) -> tuple[ExhibitVerdicts, ...]:
    """List the finished attempts in which scams or genuine contacts were judged, oldest first.

    The result is empty for fewer than two such attempts.
    """
    done = [ExhibitVerdicts(each.started, each.detection) for each in attempts if each.finished]
    judged = tuple(each for each in done if each.detection.scams or each.detection.genuine)
    return judged if len(judged) >= 2 else ()  # noqa: PLR2004  one point is no line
