"""The views of a quiz as lines of text, without colour or width. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.text.messages import Message, _, aside
from quizgen.view.exhibit import ExhibitLine, ExhibitView, bracket_telltale_words
from quizgen.view.feedback import AnswerResult, FeedbackView
from quizgen.view.question import NamedText, QuestionView, QuizView
from quizgen.view.results import DetectionView, ResultsView
from quizgen.view.text import space_after

Role: TypeAlias = Literal[
    "title",  # the title of the quiz
    "head",  # the title of a part of it
    "question",
    "context",  # what happened before an exhibit
    "exhibit",  # what the exhibit is, and from whom
    "said",  # a line of the exhibit
    "stem",
    "prompt",
    "option",
    "compared",  # what was put at a position, and what is right there
    "hint",
    "right",
    "wrong",
    "skipped",
    "reason",
    "advice",
    "source",
    "number",  # a help number with its purpose
    "score",
    "kind",  # a kind sentence about the score
    "missed",
    "fact",
    "note",
]

_VERDICTS: dict[str, Role] = {"right": "right", "skipped": "skipped", "late": "skipped"}


class Line(Struct, frozen=True):
    """A line of text with a role. ``label`` goes before the text: an option's letter, or "Why:"."""

    role: Role
    text: str
    label: str = ""

    @property
    def whole(self) -> str:
        """Label and text, with the space that the label's script needs between them."""
        return f"{self.label}{space_after(self.label)}{self.text}"


HINTS: Mapping[str, Message] = {
    "hint-one": _("Type one letter, a to {last}."),
    "hint-several": _("More than one may be right: type all their letters, a to {last}, such as {example}."),
    "hint-truth": _("Type t for true or f for false."),
    "hint-verdict": _("Type a for genuine or b for scam."),
    "hint-line": _("Type the number of the line, or its letter, a to {last}."),
    "hint-match": _("Type a letter for each number, such as {example}."),
    "hint-order": _("Type all the letters in order, first to last, such as {example}."),
    "hint-fill": _("Type the missing words."),
}
"""How a question is answered by typing, by the hint of its answer shape."""

OUTCOMES: Mapping[str, Message] = {
    "right": _("Right."),
    "wrong": _("Wrong. The right answer:"),
    "partly": _("Wrong: {right} of {total} in the right place."),
    "found": _("Wrong: {right} of {total} found, plus {extra} wrong. The right answer:"),
    "found-only": _("Wrong: {right} of {total} found. The right answer:"),
    "skipped": _("Skipped. The right answer:"),
    "late": _("Time is up. The right answer:"),
}
"""How an answer turned out."""


def heading(quiz: QuizView, language: str) -> Iterator[Line]:
    """Yield the title, the position, the sources, how to answer, and unusual rules of a quiz."""
    key = (
        _("Quizgen: continuing at question {number} of {total}, seed {seed}")
        if quiz.position
        else _("Quizgen: {total} questions, seed {seed}")
        if quiz.total > 1
        else _("Quizgen: 1 question, seed {seed}")
    )
    values = {"number": quiz.position + 1, "total": quiz.total, "seed": quiz.seed}
    yield Line("title", key.filled(**values).translated(language))
    yield from _hints(quiz.sources)
    yield Line(
        "hint",
        _("Type your answer and press Enter. s skips, q stops, ? shows help.").translated(language),
    )
    yield from _hints(quiz.unusual_rules(language))


def prompt(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield a question: number and topic, exhibit, stem, what to choose from, and how to answer."""
    values = {"number": question.number, "total": question.total}
    name = (
        _("Once more, {number} of {total} · {topic}")
        if question.again
        else _("Question {number} of {total} · {topic}")
    )
    yield Line("question", name.filled(topic=question.topic_title, **values).translated(language))
    if question.exhibit:
        yield from _above(question.exhibit)
        yield from map(exhibit_line, question.exhibit.lines)
    yield Line("stem", question.stem)
    yield from (Line("prompt", part.text, f"{part.name}.") for part in question.prompts)
    yield from _options(question.options)
    yield Line("hint", hint(question, language))


def unfolding_prompt(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield a question before its exhibit unfolds: stem, sender and first line."""
    values = {"number": question.number, "total": question.total}
    yield Line(
        "question",
        _("Question {number} of {total} · {topic}", topic=question.topic_title, **values).translated(
            language
        ),
    )
    yield Line("stem", question.stem)
    yield Line(
        "hint",
        _(
            "It comes line by line. Enter shows the next line; you can answer at any time. {hint}",
            hint=hint(question, language),
        ).translated(language),
    )
    if question.exhibit:
        yield from _above(question.exhibit)
        yield exhibit_line(question.exhibit.lines[0])


def hint(question: QuestionView, language: str) -> str:
    """Return a sentence on how to answer the question, with an example that is not the key."""
    return HINTS[question.hint_id].filled(**question.hint_values).translated(language)


def help_lines(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield the reply to ``?``: how to answer, and what else to type."""
    yield Line("hint", hint(question, language))
    yield Line(
        "hint",
        _(
            "s skips this question. q stops and saves your answers; `quizgen take --resume` continues."
        ).translated(language),
    )


def not_understood(question: QuestionView, language: str) -> Line:
    """Return a line saying that a reply was not understood, and what is expected."""
    return Line(
        "note", _("That is not a valid answer. {hint}", hint=hint(question, language)).translated(language)
    )


def feedback(view: FeedbackView, language: str, timing: str = "") -> Iterator[Line]:
    """Yield the feedback on an answer: right or wrong, the right answer, the timing, the reasons and the sources."""
    yield verdict(view.result, language)
    yield from _right_answer(view, language)
    if timing:
        yield Line("reason", timing)
    if view.question.explained_exhibit:
        yield from _deciding(view.question.explained_exhibit)
    yield from reasons(view.question, language)
    yield from sources(view.question, language)


def answer_noted(language: str, *, skipped: bool, late: bool) -> Line:
    """Return a line saying that an answer was taken or skipped, if feedback comes at the end."""
    name = _("Time is up.") if late else _("Skipped.") if skipped else _("Noted.")
    return Line("note" if late else "hint", name.translated(language))


def results(view: ResultsView, language: str) -> Iterator[Line]:
    """Yield the missed questions, with their facts if they were explained before, or else with feedback."""
    yield Line("question", _("End of the quiz").translated(language))
    yield Line("kind", view.kind)
    if view.repeated:
        yield Line("reason", view.repeated)
    if not view.missed:
        return
    yield Line("head", (_("Read these again") if view.explained else _("Your mistakes")).translated(language))
    for missed in view.missed:
        yield Line("missed", missed.feedback.question.stem, f"{missed.number}.")
        exhibit = missed.feedback.question.explained_exhibit
        if exhibit:
            yield _exhibit(exhibit)
        if view.explained:
            yield from _deciding(exhibit) if exhibit else ()
            yield from _signs(exhibit)
            fact = _("Fact:").translated(language)
            yield from (Line("fact", text, fact) for text in missed.facts)
        else:
            yield from feedback(missed.feedback, language)
    yield from _hints(view.sources)


def detection_lines(view: DetectionView) -> Iterator[Line]:
    """Yield how many scams were stopped and genuine contacts trusted, and what that means."""
    yield Line("head", view.counts)
    if view.words:
        yield Line("reason", view.words)


def number_lines(parts: Iterable[NamedText]) -> Iterator[Line]:
    """Yield help numbers with their purposes."""
    return (Line("number", part.text, part.name) for part in parts)


def help_numbers(parts: Iterable[NamedText], language: str) -> Iterator[Line]:
    """Yield help numbers below a title, if there are any."""
    if listed := list(number_lines(parts)):
        yield Line("head", _("Numbers to know").translated(language))
        yield from listed


def reminders(view: ResultsView, language: str) -> Iterator[Line]:
    """Yield what to remember, if something was missed, with the numbers of the questions."""
    if view.remember:
        yield Line("head", _("To remember").translated(language))
        yield from (Line("number", each.rule, f"{each.number}.") for each in view.remember)


def certificate_hint(seed: int, language: str) -> Line:
    """Return a line with the command that prints a certificate for a quiz's seed."""
    return Line(
        "hint",
        _(
            "For a certificate of participation: quizgen print certificate OUT.pdf -s {seed}, with the options of this quiz.",
            seed=seed,
        ).translated(language),
    )


def score(view: ResultsView, language: str) -> Line:
    """Return the final score."""
    return Line("score", _("Score: {right}/{total}", right=view.right, total=view.total).translated(language))


def stop_lines(attempt: Attempt, *, kept: bool) -> Iterator[Line]:
    """Yield lines saying that the quiz was stopped, and how to resume it."""
    language = attempt.quiz.language
    if attempt.position == 0:
        yield Line("head", _("Stopped before the first answer; nothing to save.").translated(language))
        return
    values = {"answered": attempt.position, "total": attempt.total}
    yield Line(
        "head",
        (
            _("Stopped: {answered} of {total} answered and saved.", **values)
            if kept
            else _("Stopped: {answered} of {total} answered; your answers could not be saved.", **values)
        ).translated(language),
    )
    if kept:
        yield Line("hint", _("To continue: quizgen take --resume").translated(language))


def _above(view: ExhibitView) -> Iterator[Line]:
    """Yield what happened before, if anything is said about it, then what the exhibit is and its sender."""
    if view.context:
        yield Line("context", view.context)
    yield _exhibit(view)


def _exhibit(view: ExhibitView) -> Line:
    return Line("exhibit", bracket_telltale_words(view.sender), view.label)


def exhibit_line(line: ExhibitLine) -> Line:
    """Return a line of an exhibit, with its number."""
    return Line("said", Line("said", bracket_telltale_words(line.words), line.who).whole, f"{line.number}.")


def _deciding(view: ExhibitView) -> Iterator[Line]:
    """Yield the lines with words that decide, these in brackets."""
    if any(stretch.is_telltale for stretch in view.sender):
        yield _exhibit(view)
    yield from map(exhibit_line, view.telltale_lines)


def _signs(view: ExhibitView | None) -> Iterator[Line]:
    return (Line("reason", sign.reason, sign.words) for sign in (view.signs if view else ()))


def verdict(view: AnswerResult, language: str, outcomes: Mapping[str, Message] = OUTCOMES) -> Line:
    """Return right or wrong as sign and words; ``outcomes`` are other messages for it."""
    counts = {"right": view.right, "total": view.total, "extra": view.extra}
    text = outcomes[view.outcome].filled(**counts).translated(language)
    return Line(_VERDICTS.get(view.outcome, "wrong"), text, view.symbol)


def _right_answer(view: FeedbackView, language: str) -> Iterator[Line]:
    """Yield the right answer after a wrong one."""
    outcome = view.result.outcome
    if outcome == "right":
        return
    if outcome == "partly":  # every position, including the right ones
        for part in view.reviewed_parts:
            yield Line("option", part.text, f"{part.name}.")
            if part.compared:
                yield Line("compared", part.compared)
        return
    yield from _options(view.question.correct_parts)
    for part in view.reviewed_parts:
        if part.status == "wrong":
            yield Line("option", part.text + aside(part.notes, language), f"{part.name})")


def reasons(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield why the words of an exhibit decide, why the answer is right, and what to do."""
    yield from _signs(question.explained_exhibit)
    if question.rationale:
        yield Line("reason", question.rationale, _("Why:").translated(language))
    if question.advice:
        yield Line("advice", question.advice, _("What to do (our advice):").translated(language))


def sources(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield the citations, with office and passage."""
    return (Line("source", text, _("Source:").translated(language)) for text in question.citations)


def _options(parts: Iterable[NamedText]) -> Iterator[Line]:
    """Yield options as printed, ``b)``, and pairs as typed, ``1b``."""
    for part in parts:
        yield Line("option", part.text, f"{part.name})" if part.name.isalpha() else part.name)


def _hints(texts: Iterable[str]) -> Iterator[Line]:
    return (Line("hint", text) for text in texts)
