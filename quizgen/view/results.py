"""Results at the end of a quiz: the score, scams and genuine contacts, help numbers, and missed questions."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from quizgen.attempt import Attempt
from quizgen.detection import Detection, count_verdicts
from quizgen.model import help_heading
from quizgen.text.messages import Message, _
from quizgen.view.exhibit import exhibit_name
from quizgen.view.feedback import FeedbackView, build_feedback_view
from quizgen.view.money import MoneyView, build_money_view
from quizgen.view.question import NamedText
from quizgen.view.sources import list_source_titles
from quizgen.view.text import localize_for_display


class TopicScore(Struct, frozen=True):
    """How many questions of a topic were answered right, with the topic's title."""

    title: str
    right: int
    total: int

    def bar_segments(self, width: int) -> tuple[str, str]:
        """Return the filled and the empty part of a bar for the share of right answers, ``width`` characters together."""
        full = round(width * self.right / self.total)
        return "█" * full, "░" * (width - full)


class MissedQuestion(Struct, frozen=True):
    """Question ``number`` of a quiz, which was answered wrong or skipped, with its feedback and its facts."""

    number: int
    feedback: FeedbackView
    facts: tuple[str, ...]


class Reminder(Struct, frozen=True):
    """What to remember from question ``number``.

    ``about`` is the name of its exhibit, or its stem if it has none.
    """

    number: int
    about: str
    rule: str


class DetectionView(Struct, frozen=True):
    """How well somebody told scams from genuine contacts.

    ``counts`` says how many of each were recognised; ``words`` says whether the person tends to trust or
    to suspect, or is "".
    """

    counts: str
    words: str


class ResultsView(Struct, frozen=True):
    """The results of a quiz.

    - ``closing`` is a friendly sentence about them.
    - ``remember`` has the advice of missed questions, at most three.
    - ``repeated`` says how the repeat of missed questions went, or is "".
    - ``money`` says what is left of the money of a game, or is ``None``.
    - ``detection`` says how well scams were told from genuine contacts, if the quiz has any.
    - ``help`` are phone numbers to call for help, or addresses, with their purposes; ``help_heading`` is above them.
    - ``explained`` says whether each answer had feedback at once.
    """

    closing: str
    remember: tuple[Reminder, ...]
    repeated: str
    money: MoneyView | None
    right: int
    total: int
    detection: DetectionView | None
    topics: tuple[TopicScore, ...]
    help: tuple[NamedText, ...]
    help_heading: str
    missed: tuple[MissedQuestion, ...]
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


def build_results_view(attempt: Attempt, best_result: int | None = None) -> ResultsView:
    """Describe the results of an attempt. Unanswered questions count as not right.

    ``best_result`` is the most money that was kept in earlier games.
    """
    quiz, score = attempt.quiz, attempt.score()
    wrong = [index for index, answered in enumerate(attempt.answers) if not answered.right]
    missed = tuple(
        MissedQuestion(
            index + 1,
            build_feedback_view(attempt, index),
            tuple(localize_for_display(fact.statement, quiz.language) for fact in facts),
        )
        for index, (_, facts) in zip(wrong, attempt.missed_questions(), strict=True)
    )
    kind = "all" if not missed else "most" if score.right >= _GOOD * score.total else "some"
    again = structs.asdict(attempt.repeat_score()) if attempt.repeats else {}
    # A bank with its own title is about another subject than fraud.
    closing = (_CLOSINGS_OF_OTHER_BANKS if quiz.bank.declared.title else _CLOSINGS)[kind]
    return ResultsView(
        closing=closing.translated(quiz.language),
        remember=_collect_reminders(missed),
        repeated=_(
            "Missed questions, second try: {right} of {total} right. The score counts first answers.",
            **again,
        ).translated(quiz.language)
        if again
        else "",
        money=build_money_view(attempt, best_result),
        right=score.right,
        total=score.total,
        detection=build_detection_view(count_verdicts(attempt), quiz.language),
        help=tuple(
            NamedText(each.number, localize_for_display(each.purpose, quiz.language))
            for each in quiz.bank.help.values()
        ),
        help_heading=help_heading(quiz.bank.help.values(), _("Numbers to know")).translated(quiz.language),
        topics=tuple(
            TopicScore(
                localize_for_display(quiz.bank.topics[topic].title, quiz.language),
                of_topic.right,
                of_topic.total,
            )
            for topic, of_topic in attempt.score_by_topic().items()
        ),
        missed=missed,
        explained=attempt.rules.feedback == "each",
        sources=list_source_titles(quiz.bank, quiz.language),
    )


def _collect_reminders(missed_questions: Sequence[MissedQuestion]) -> tuple[Reminder, ...]:
    """Return the advice of missed questions, or their rationales if none has advice, without duplicates."""
    for part in ("advice", "rationale"):
        rules: dict[str, Reminder] = {}
        for each in missed_questions:
            question = each.feedback.question
            rule = question.advice if part == "advice" else question.why
            about = exhibit_name(question.exhibit) if question.exhibit else question.stem
            rules.setdefault(rule, Reminder(each.number, about, rule))
        rules.pop("", None)
        if rules:
            return tuple(rules.values())[:MAX_REMINDERS]
    return ()


def build_detection_view(verdicts: Detection, language: str) -> DetectionView | None:
    """Describe in words how well scams were told from genuine contacts; ``None`` if the quiz has neither."""
    if not verdicts.scams and not verdicts.genuine:
        return None
    judged = (
        _("Scams stopped: {stopped} of {scams}.")
        if verdicts.scams
        else _("Genuine ones trusted: {trusted} of {genuine}.")
    )
    if verdicts.scams and verdicts.genuine:
        judged = _("Scams stopped: {stopped} of {scams}. Genuine ones trusted: {trusted} of {genuine}.")
    counts = judged.with_values(**structs.asdict(verdicts)).translated(language)
    leaning = verdicts.leaning
    if leaning == "even" and verdicts.mistakes:
        words = _(
            "Balanced, but with mistakes: look for the words that give it away; they are marked in the questions you missed."
        ).translated(language)
    else:
        words = _LEANINGS[leaning].translated(language) if leaning else ""
    return DetectionView(counts, words)
