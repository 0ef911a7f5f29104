"""What is shown at the end of a quiz: the score, scams and genuine contacts, help numbers, and what was missed."""

from collections.abc import Sequence

from msgspec import Struct, structs

from quizgen.attempt import Attempt, Score
from quizgen.detection import Detection, detection
from quizgen.text.messages import message
from quizgen.view.exhibit import named
from quizgen.view.feedback import FeedbackView, view_feedback
from quizgen.view.question import Part
from quizgen.view.sources import source_titles
from quizgen.view.text import shown


class TopicScore(Struct, frozen=True):
    """How many of a topic's questions are right, by the topic's title."""

    title: str
    right: int
    total: int

    def bar(self, cells: int) -> tuple[str, str]:
        """Draw the share that was right: the full and the empty part of a bar so many characters long."""
        full = round(cells * self.right / self.total)
        return "█" * full, "░" * (cells - full)


class Missed(Struct, frozen=True):
    """Question ``number`` of a quiz, answered wrong or skipped, with the facts that it rests on."""

    number: int
    feedback: FeedbackView
    facts: tuple[str, ...]


class Remembered(Struct, frozen=True):
    """What to remember from question ``number``, which ``about`` names: by its exhibit, or else by its stem."""

    number: int
    about: str
    rule: str


class DetectionView(Struct, frozen=True):
    """How many scams were stopped and genuine contacts trusted; ``words`` say which way that leans, or are ""."""

    counts: str
    words: str


class ResultsView(Struct, frozen=True):
    """How a quiz went.

    ``kind`` is a sentence for it. ``explained`` says whether each answer was explained when it was given. ``detection``
    sums up verdicts, where there are any; ``help`` are numbers to ring or to know, with their purposes. ``remember`` is
    the advice of missed questions, at most three. ``repeated`` says how these went when they were asked once more, or "".
    """

    kind: str
    remember: tuple[Remembered, ...]
    repeated: str

    right: int
    total: int
    detection: DetectionView | None
    topics: tuple[TopicScore, ...]
    help: tuple[Part, ...]
    missed: tuple[Missed, ...]
    explained: bool
    sources: tuple[str, ...]


MOST_REMEMBERED = 3
"""How many pieces of advice are shown; nobody remembers more."""

_GOOD = 0.7
"""The share of right answers from which it went well."""


def view_results(attempt: Attempt, repeated: Score | None = None) -> ResultsView:
    """Sum an attempt up; unanswered questions are not right. ``repeated`` is the score of missed questions asked again."""
    quiz, score = attempt.quiz, attempt.score()
    wrong = [index for index, answered in enumerate(attempt.answers) if not answered.right]
    missed = tuple(
        Missed(
            index + 1,
            view_feedback(attempt, index),
            tuple(shown(fact.statement, quiz.language) for fact in facts),
        )
        for index, (_, facts) in zip(wrong, attempt.missed(), strict=True)
    )
    kind = "all" if not missed else "most" if score.right >= _GOOD * score.total else "some"
    again = structs.asdict(repeated) if repeated and repeated.total else {}
    # A bank with a title of its own is about something else than fraud.
    closing = f"take.own-{kind}" if quiz.bank.declared.title else f"take.kind-{kind}"
    return ResultsView(
        kind=message(quiz.language, closing),
        remember=_remember(missed),
        repeated=message(quiz.language, "take.repeated", **again) if again else "",
        right=score.right,
        total=score.total,
        detection=view_detection(detection(attempt), quiz.language),
        help=tuple(Part(each.number, shown(each.purpose, quiz.language)) for each in quiz.bank.help.values()),
        topics=tuple(
            TopicScore(shown(quiz.bank.topics[topic].title, quiz.language), of_topic.right, of_topic.total)
            for topic, of_topic in attempt.score_by_topic().items()
        ),
        missed=missed,
        explained=attempt.rules.feedback == "each",
        sources=source_titles(quiz.bank, quiz.language),
    )


def _remember(missed: Sequence[Missed]) -> tuple[Remembered, ...]:
    """Collect the advice of missed questions, or their rationales where none has advice; each once, with its question."""
    for part in ("advice", "rationale"):
        rules: dict[str, Remembered] = {}
        for each in missed:
            question = each.feedback.question
            rule = question.advice if part == "advice" else question.rationale
            about = named(question.exhibit) if question.exhibit else question.stem
            rules.setdefault(rule, Remembered(each.number, about, rule))
        rules.pop("", None)
        if rules:
            return tuple(rules.values())[:MOST_REMEMBERED]
    return ()


def view_detection(verdicts: Detection, language: str) -> DetectionView | None:
    """Put verdicts into words; ``None`` where there is none."""
    if not verdicts.scams and not verdicts.genuine:
        return None
    judged = "both" if verdicts.scams and verdicts.genuine else "stopped" if verdicts.scams else "trusted"
    counts = message(language, f"detection.{judged}", **structs.asdict(verdicts))
    leaning = verdicts.leaning
    if leaning == "even" and verdicts.mistakes:
        words = message(language, "detection.even-mistakes")
    else:
        words = message(language, f"detection.{leaning}") if leaning else ""
    return DetectionView(counts, words)
