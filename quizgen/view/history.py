"""Attempts over time, as plain data."""

from collections.abc import Sequence
from sys import intern

from msgspec import Struct

from quizgen.attempt import Attempt, Score
from quizgen.detection import Detection, detection
from quizgen.text.messages import message
from quizgen.view.text import shown


class AttemptView(Struct, frozen=True):
    """An attempt among others: what a list and a chart need of it, and no more, since there may be many.

    ``started`` is in seconds since the epoch; ``topics`` are titles, and ``by_topic`` scores, by ids of topics.
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
    again: bool

    @property
    def own(self) -> bool:
        """Whether it counts for progress: no passer-by's, and not at what was missed just before."""
        return not self.kiosk and not self.again


class Progress(Struct, frozen=True):
    """How much was right of a topic, or of all, in attempt after attempt, oldest first.

    ``None`` is an attempt that did not come to the topic; at least one did.
    """

    title: str
    scores: tuple[Score | None, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        """What part of each was right, from 0 to 1."""
        return tuple(None if score is None else score.right / score.total for score in self.scores)


class Verdicts(Struct, frozen=True):
    """Verdicts on exhibits in an attempt that ``started`` then, in seconds since the epoch."""

    started: float
    detection: Detection

    @property
    def stopped(self) -> float | None:
        """What part of the scams was stopped, from 0 to 1; ``None`` where there was none."""
        return self.detection.stopped / self.detection.scams if self.detection.scams else None

    @property
    def trusted(self) -> float | None:
        """What part of the genuine ones was trusted, from 0 to 1; ``None`` where there was none."""
        return self.detection.trusted / self.detection.genuine if self.detection.genuine else None


def view_attempt(attempt: Attempt, language: str) -> AttemptView:
    """Describe an attempt, which may have been taken in another language."""
    by_topic, bank = attempt.score_by_topic(), attempt.quiz.bank
    return AttemptView(
        started=attempt.started,
        finished=attempt.finished is not None,
        answered=attempt.position,
        score=attempt.score(),
        language=attempt.quiz.language,
        seed=attempt.quiz.seed,
        topics={topic: intern(str(shown(bank.topics[topic].title, language))) for topic in by_topic},
        by_topic=by_topic,
        detection=detection(attempt),
        kiosk=attempt.kiosk,
        again=attempt.rules.again,
    )


def view_progress(attempts: Sequence[AttemptView], language: str) -> tuple[Progress, ...]:
    """Sum up finished attempts, oldest first: all together, then by topic. Of fewer than two there is nothing."""
    done = [attempt for attempt in attempts if attempt.finished]
    if len(done) < 2:  # noqa: PLR2004  one point is no line
        return ()
    titles: dict[str, str] = {}
    for attempt in done:
        titles.update(attempt.topics)  # the latest title stands in the place of the first
    together = Progress(message(language, "history.all"), tuple(attempt.score for attempt in done))
    return (
        together,
        *(
            Progress(title, tuple(attempt.by_topic.get(topic) for attempt in done))
            for topic, title in titles.items()
        ),
    )


def view_verdicts(attempts: Sequence[AttemptView]) -> tuple[Verdicts, ...]:
    """List finished attempts with verdicts on exhibits, oldest first. Of fewer than two there is nothing."""
    done = [Verdicts(each.started, each.detection) for each in attempts if each.finished]
    judged = tuple(each for each in done if each.detection.scams or each.detection.genuine)
    return judged if len(judged) >= 2 else ()  # noqa: PLR2004  one point is no line
