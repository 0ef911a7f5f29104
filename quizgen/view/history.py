"""Attempts over time."""

from collections.abc import Sequence
from sys import intern

from msgspec import Struct

from quizgen.attempt import Attempt, Score
from quizgen.detection import Detection, detection
from quizgen.text.messages import _
from quizgen.view.text import display_text


class AttemptView(Struct, frozen=True):
    """An attempt with only what a list and a chart need, because there may be many attempts.

    ``started`` is in seconds since the epoch; ``topics`` are titles and ``by_topic`` scores, by topic ids.
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
        """Whether the attempt counts as progress: not at a kiosk, and not a repeat."""
        return not self.kiosk and not self.again


class Progress(Struct, frozen=True):
    """The scores for a topic, or for all topics, in one attempt after another, oldest first.

    ``None`` is an attempt without the topic; at least one has it.
    """

    title: str
    scores: tuple[Score | None, ...]

    @property
    def shares(self) -> tuple[float | None, ...]:
        """The share of right answers in each attempt, from 0 to 1."""
        return tuple(None if score is None else score.right / score.total for score in self.scores)


class Verdicts(Struct, frozen=True):
    """The verdicts on exhibits in an attempt that began at ``started``, in seconds since the epoch."""

    started: float
    detection: Detection

    @property
    def stopped(self) -> float | None:
        """The share of scams that were stopped, from 0 to 1; ``None`` without scams."""
        return self.detection.stopped / self.detection.scams if self.detection.scams else None

    @property
    def trusted(self) -> float | None:
        """The share of genuine contacts that were trusted, from 0 to 1; ``None`` without genuine ones."""
        return self.detection.trusted / self.detection.genuine if self.detection.genuine else None


def view_attempt(attempt: Attempt, language: str) -> AttemptView:
    """Describe an attempt, perhaps in another language than it was taken in."""
    by_topic, bank = attempt.score_by_topic(), attempt.quiz.bank
    return AttemptView(
        started=attempt.started,
        finished=attempt.finished is not None,
        answered=attempt.position,
        score=attempt.score(),
        language=attempt.quiz.language,
        seed=attempt.quiz.seed,
        topics={topic: intern(str(display_text(bank.topics[topic].title, language))) for topic in by_topic},
        by_topic=by_topic,
        detection=detection(attempt),
        kiosk=attempt.kiosk,
        again=attempt.rules.again,
    )


def view_progress(attempts: Sequence[AttemptView], language: str) -> tuple[Progress, ...]:
    """Describe the progress over finished attempts, oldest first: in total, then by topic. Empty for fewer than two."""
    done = [attempt for attempt in attempts if attempt.finished]
    if len(done) < 2:  # noqa: PLR2004  one point is no line
        return ()
    titles: dict[str, str] = {}
    for attempt in done:
        titles.update(attempt.topics)  # the latest title replaces earlier ones
    together = Progress(_("All").translated(language), tuple(attempt.score for attempt in done))
    return (
        together,
        *(
            Progress(title, tuple(attempt.by_topic.get(topic) for attempt in done))
            for topic, title in titles.items()
        ),
    )


def view_verdicts(attempts: Sequence[AttemptView]) -> tuple[Verdicts, ...]:
    """List finished attempts with verdicts on exhibits, oldest first. Empty for fewer than two."""
    done = [Verdicts(each.started, each.detection) for each in attempts if each.finished]
    judged = tuple(each for each in done if each.detection.scams or each.detection.genuine)
    return judged if len(judged) >= 2 else ()  # noqa: PLR2004  one point is no line
