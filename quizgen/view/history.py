"""Attempts over time, as plain data."""

from collections.abc import Sequence

from msgspec import Struct

from quizgen.attempt import Attempt, Score
from quizgen.detection import Detection, detection
from quizgen.language import message
from quizgen.view.text import shown


class AttemptView(Struct, frozen=True):
    """An attempt among others. ``started`` is in seconds since the epoch, and ``topics`` are titles."""

    started: float
    finished: bool
    answered: int
    right: int
    total: int
    language: str
    seed: int
    topics: tuple[str, ...]


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
    score, bank = attempt.score(), attempt.quiz.bank
    return AttemptView(
        started=attempt.started,
        finished=attempt.finished is not None,
        answered=attempt.position,
        right=score.right,
        total=score.total,
        language=attempt.quiz.language,
        seed=attempt.quiz.seed,
        topics=tuple(shown(bank.topics[topic].title, language) for topic in attempt.score_by_topic()),
    )


def view_progress(attempts: Sequence[Attempt], language: str) -> tuple[Progress, ...]:
    """Sum up finished attempts, oldest first: all together, then by topic. Of fewer than two there is nothing."""
    done = [attempt for attempt in attempts if attempt.finished is not None]
    if len(done) < 2:  # noqa: PLR2004  one point is no line
        return ()
    by_topic = [attempt.score_by_topic() for attempt in done]
    titles: dict[str, str] = {}
    for attempt, scores in zip(done, by_topic, strict=True):
        for topic in scores:
            # The latest title stands in the place of the first.
            titles[topic] = shown(attempt.quiz.bank.topics[topic].title, language)
    together = Progress(message(language, "history.all"), tuple(attempt.score() for attempt in done))
    return (
        together,
        *(
            Progress(title, tuple(scores.get(topic) for scores in by_topic))
            for topic, title in titles.items()
        ),
    )


def view_verdicts(attempts: Sequence[Attempt]) -> tuple[Verdicts, ...]:
    """List finished attempts with verdicts on exhibits, oldest first. Of fewer than two there is nothing."""
    done = [Verdicts(each.started, detection(each)) for each in attempts if each.finished is not None]
    judged = tuple(each for each in done if each.detection.scams or each.detection.genuine)
    return judged if len(judged) >= 2 else ()  # noqa: PLR2004  one point is no line
