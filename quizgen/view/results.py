"""Results at the end of a quiz: the score, scams and genuine contacts, help numbers, and missed questions."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from quizgen.attempt import Attempt, Score
from quizgen.detection import Detection, detection
from quizgen.text.messages import Message, _
from quizgen.view.exhibit import exhibit_name
from quizgen.view.feedback import FeedbackView, view_feedback
from quizgen.view.question import Part
from quizgen.view.sources import source_titles
from quizgen.view.text import display_text


class TopicScore(Struct, frozen=True):
    """How many questions of a topic are right, with the topic's title."""

    title: str
    right: int
    total: int

    def bar(self, cells: int) -> tuple[str, str]:
        """Return the full and the empty part of a bar of ``cells`` characters that shows the share of right answers."""
        full = round(cells * self.right / self.total)
        return "█" * full, "░" * (cells - full)


class Missed(Struct, frozen=True):
    """Question ``number`` of a quiz, answered wrong or skipped, with its facts."""

    number: int
    feedback: FeedbackView
    facts: tuple[str, ...]


class Reminder(Struct, frozen=True):
    """What to remember from question ``number``. ``about`` names its exhibit, or its stem if it has none."""

    number: int
    about: str
    rule: str


class DetectionView(Struct, frozen=True):
    """How many scams were stopped and genuine contacts trusted; ``words`` say which way somebody leans, or are ""."""

    counts: str
    words: str


class ResultsView(Struct, frozen=True):
    """The results of a quiz.

    ``kind`` is a kind sentence about them. ``explained`` says whether each answer had feedback at once. ``detection`` sums up
    verdicts, if there are any. ``help`` are help numbers with their purposes. ``remember`` has the advice of missed questions,
    at most three. ``repeated`` says how the repeat of missed questions went, or is "".
    """

    kind: str
    remember: tuple[Reminder, ...]
    repeated: str

    right: int
    total: int
    detection: DetectionView | None
    topics: tuple[TopicScore, ...]
    help: tuple[Part, ...]
    missed: tuple[Missed, ...]
    explained: bool
    sources: tuple[str, ...]


MAX_REMINDERS = 3
"""How many pieces of advice to show; people do not remember more."""

_GOOD = 0.7
"""The share of right answers from which on the result is good."""


_CLOSINGS: Mapping[str, Message] = {
    "all": _("All correct. Tell others what you know: scams stop where people talk."),
    "most": _("Well done. Have another look at what you missed."),
    "some": _("These fool careful people every day. You know more now than before."),
}
_CLOSINGS_OF_OTHER_BANKS: Mapping[str, Message] = {
    "all": _("All correct. Well done."),
    "most": _("Well done. Have another look at what you missed."),
    "some": _("You know more now than before."),
}
"""A kind word at the end, by how much was right."""

_LEANINGS: Mapping[str, Message] = {
    "trusting": _(
        "Too trusting: before you pay, open a link or share a code, stop and ask on a number that you already know."
    ),
    "suspicious": _(
        "Too suspicious: banks and police do call and write. If you are not sure, call back on a number that you know."
    ),
    "even": _(
        "Balanced: you told scams from genuine ones. This fades in two or three weeks, so take another quiz then."
    ),
}


def view_results(attempt: Attempt, repeated: Score | None = None) -> ResultsView:
    """Describe the results of an attempt; unanswered questions are not right. ``repeated`` is the score of the repeat."""
    quiz, score = attempt.quiz, attempt.score()
    wrong = [index for index, answered in enumerate(attempt.answers) if not answered.right]
    missed = tuple(
        Missed(
            index + 1,
            view_feedback(attempt, index),
            tuple(display_text(fact.statement, quiz.language) for fact in facts),
        )
        for index, (_, facts) in zip(wrong, attempt.missed(), strict=True)
    )
    kind = "all" if not missed else "most" if score.right >= _GOOD * score.total else "some"
    again = structs.asdict(repeated) if repeated and repeated.total else {}
    # A bank with its own title is about another subject than fraud.
    closing = (_CLOSINGS_OF_OTHER_BANKS if quiz.bank.declared.title else _CLOSINGS)[kind]
    return ResultsView(
        kind=closing.translated(quiz.language),
        remember=_remember(missed),
        repeated=_(
            "Missed questions, second try: {right} of {total} right. The score counts first answers.",
            **again,
        ).translated(quiz.language)
        if again
        else "",
        right=score.right,
        total=score.total,
        detection=view_detection(detection(attempt), quiz.language),
        help=tuple(
            Part(each.number, display_text(each.purpose, quiz.language)) for each in quiz.bank.help.values()
        ),
        topics=tuple(
            TopicScore(
                display_text(quiz.bank.topics[topic].title, quiz.language), of_topic.right, of_topic.total
            )
            for topic, of_topic in attempt.score_by_topic().items()
        ),
        missed=missed,
        explained=attempt.rules.feedback == "each",
        sources=source_titles(quiz.bank, quiz.language),
    )


def _remember(missed: Sequence[Missed]) -> tuple[Reminder, ...]:
    """Collect the advice of missed questions, or their rationales if none has advice, without duplicates."""
    for part in ("advice", "rationale"):
        rules: dict[str, Reminder] = {}
        for each in missed:
            question = each.feedback.question
            rule = question.advice if part == "advice" else question.rationale
            about = exhibit_name(question.exhibit) if question.exhibit else question.stem
            rules.setdefault(rule, Reminder(each.number, about, rule))
        rules.pop("", None)
        if rules:
            return tuple(rules.values())[:MAX_REMINDERS]
    return ()


def view_detection(verdicts: Detection, language: str) -> DetectionView | None:
    """Describe verdicts in words; ``None`` if there are none."""
    if not verdicts.scams and not verdicts.genuine:
        return None
    judged = (
        _("Scams stopped: {stopped} of {scams}.")
        if verdicts.scams
        else _("Genuine ones trusted: {trusted} of {genuine}.")
    )
    if verdicts.scams and verdicts.genuine:
        judged = _("Scams stopped: {stopped} of {scams}. Genuine ones trusted: {trusted} of {genuine}.")
    counts = judged.filled(**structs.asdict(verdicts)).translated(language)
    leaning = verdicts.leaning
    if leaning == "even" and verdicts.mistakes:
        words = _(
            "Balanced, but with mistakes: look for the words that decide; they are marked in the questions you missed."
        ).translated(language)
    else:
        words = _LEANINGS[leaning].translated(language) if leaning else ""
    return DetectionView(counts, words)
