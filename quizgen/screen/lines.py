"""A quiz as lines of text, without colour or width. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.text.languages import locale
from quizgen.text.messages import Message, _, in_brackets
from quizgen.view.exhibit import ExhibitLine, ExhibitView, bracket_telltale_words
from quizgen.view.feedback import AnswerResult, FeedbackView
from quizgen.view.pass_on import list_lines_to_pass_on
from quizgen.view.question import NamedText, QuestionView, QuizView
from quizgen.view.results import DetectionView, ResultsView
from quizgen.view.text import space_after
from quizgen.view.twin import TwinView

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
    "money",  # what is at stake, lost or kept in a game
    "missed",
    "fact",
    "note",
]

_VERDICTS: dict[str, Role] = {"right": "right", "skipped": "skipped", "late": "skipped"}


class Line(Struct, frozen=True):
    """A line of text. Its role determines how it looks.

    ``label`` goes before the text: the letter of an option, or a word such as "Why:".
    """

    role: Role
    text: str
    label: str = ""

    @property
    def labelled_text(self) -> str:
        """The label and the text, with a space between them except after Chinese punctuation."""
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
"""What line mode says about an answer, by its outcome."""


def heading_lines(quiz: QuizView, language: str) -> Iterator[Line]:
    """Yield the title of a quiz, the position in it, its sources, how to answer, and any unusual rules."""
    key = (
        _("Quizgen: continuing at question {number} of {total}, seed {seed}")
        if quiz.position
        else _("Quizgen: {total} questions, seed {seed}")
        if quiz.total > 1
        else _("Quizgen: 1 question, seed {seed}")
    )
    values = {"number": min(quiz.position + 1, quiz.total), "total": quiz.total, "seed": quiz.seed}
    yield Line("title", key.with_values(**values).translated(language))
    yield from _hint_lines(quiz.sources)
    yield Line(
        "hint",
        _("Type your answer and press Enter. s skips, q stops, ? shows help.").translated(language),
    )
    yield from _hint_lines(quiz.unusual_rules(language))


def question_lines(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield a question: its number and topic, its exhibit, the stem, what to choose from, and how to answer."""
    yield _question_heading(question, language)
    if question.exhibit:
        yield from _exhibit_heading_lines(question.exhibit)
        yield from map(exhibit_line, question.exhibit.lines)
    yield Line("stem", question.stem)
    yield from (Line("prompt", part.text, f"{part.name}.") for part in question.prompts)
    yield from _option_lines(question.options)
    yield Line("hint", hint_text(question, language))


def _question_heading(question: QuestionView, language: str) -> Line:
    """Return the number of a question and its topic, without a topic that could tell what is genuine (as on the full screen)."""
    if not question.open_topic_title:
        name = (
            _("Once more")
            if question.is_practice and question.total == 1
            else _("Once more, {number} of {total}")
            if question.is_practice
            else _("Question {number} of {total}")
        )
    else:
        name = (
            _("Once more · {topic}")
            if question.is_practice and question.total == 1
            else _("Once more, {number} of {total} · {topic}")
            if question.is_practice
            else _("Question {number} of {total} · {topic}")
        )
    values = {"number": question.number, "total": question.total, "topic": question.open_topic_title}
    return Line("question", name.with_values(**values).translated(language))


def unfolding_question_lines(
    question: QuestionView, language: str, stake: Sequence[str] = ()
) -> Iterator[Line]:
    """Yield a question whose exhibit is revealed line by line: the stem, the sender and the first line.

    ``stake`` says what is at stake, or is empty.
    """
    yield _question_heading(question, language)
    yield from (Line("money", text) for text in stake)
    yield Line("stem", question.stem)
    yield Line(
        "hint",
        _(
            "It comes line by line. Enter shows the next line; you can answer at any time. {hint}",
            hint=hint_text(question, language),
        ).translated(language),
    )
    if question.exhibit:
        yield from _exhibit_heading_lines(question.exhibit)
        yield exhibit_line(question.exhibit.lines[0])


def hint_text(question: QuestionView, language: str) -> str:
    """Return a sentence that says how to answer, with an example that is not the right answer."""
    return HINTS[question.hint_id].with_values(**question.hint_values).translated(language)


def help_lines(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield the reply to ``?``: how to answer, and what else a person can type."""
    yield Line("hint", hint_text(question, language))
    yield Line(
        "hint",
        _(
            "s skips this question. q stops and saves your answers; `quizgen take --resume` continues."
        ).translated(language),
    )


def not_understood_line(question: QuestionView, language: str) -> Line:
    """Return a line saying that a reply was not understood, and what to type."""
    return Line(
        "note",
        _("That is not a valid answer. {hint}", hint=hint_text(question, language)).translated(language),
    )


def feedback_lines(view: FeedbackView, language: str) -> Iterator[Line]:
    """Yield the feedback on an answer: right or wrong, the right answer, the line, the cost, the reasons and the sources."""
    yield answer_result_line(view.result, language)
    yield from _right_answer_lines(view, language)
    yield from decision_lines(view)
    if view.question.explained_exhibit:
        yield from _telltale_lines(view.question.explained_exhibit)
    yield from reason_lines(view.question, language)
    yield from glossary_lines(view.explained_words, language)
    yield from source_lines(view.question, language)


def glossary_lines(explained_words: Sequence[str], language: str) -> Iterator[Line]:
    """Yield a line that explains words, if there are any to explain."""
    if explained_words:
        yield Line("hint", locale(language).semicolon.join(explained_words))


def decision_lines(view: FeedbackView) -> Iterator[Line]:
    """Yield at which line of an exhibit somebody decided, and what that cost."""
    if view.timing:
        yield Line("reason", view.timing)
    if view.cost:
        yield Line("money", view.cost)


def twin_titles(view: TwinView) -> tuple[Message, Message]:
    """Return the titles of an exhibit and of its twin, which is shown beside it."""
    if view.genuine:
        return _("What you met: genuine"), _("The false one: a scam")
    return _("What you met: a scam"), _("The real one: genuine")


def twin_lines(view: TwinView, language: str) -> Iterator[Line]:
    """Yield what is different in the twin of an exhibit."""
    yield Line(
        "hint",
        (_("The false one differs here:") if view.genuine else _("The real one differs here:")).translated(
            language
        ),
    )
    if view.senders_differ:
        yield _sender_line(view.twin)
    yield from (exhibit_line(pair.twin) for pair in view.lines if pair.differ and pair.twin)


def answer_noted_line(language: str, *, is_skipped: bool, is_late: bool) -> Line:
    """Return a line saying that an answer was noted or skipped, in a quiz with feedback at the end."""
    name = _("Time is up.") if is_late else _("Skipped.") if is_skipped else _("Noted.")
    return Line("note" if is_late else "hint", name.translated(language))


def result_lines(view: ResultsView, language: str) -> Iterator[Line]:
    """Yield the missed questions, with facts if each answer had feedback, otherwise with feedback."""
    yield Line("question", _("End of the quiz").translated(language))
    yield Line("kind", view.closing)
    if view.repeated:
        yield Line("reason", view.repeated)
    if not view.missed:
        return
    yield Line("head", (_("Read these again") if view.explained else _("Your mistakes")).translated(language))
    for missed in view.missed:
        yield Line("missed", missed.feedback.question.stem, f"{missed.number}.")
        exhibit = missed.feedback.question.explained_exhibit
        if exhibit:
            yield _sender_line(exhibit)
        if view.explained:
            yield from _telltale_lines(exhibit) if exhibit else ()
            yield from sign_lines(exhibit)
            fact = _("Fact:").translated(language)
            yield from (Line("fact", text, fact) for text in missed.facts)
        else:
            yield from feedback_lines(missed.feedback, language)
    yield from _hint_lines(view.sources)


def money_lines(view: ResultsView) -> Iterator[Line]:
    """Yield what is left of the money of a game, the most expensive mistake, and the best result."""
    if view.money:
        yield Line("head", view.money.kept)
        yield from (Line("reason", text) for text in (view.money.worst, view.money.best) if text)


def detection_lines(view: DetectionView) -> Iterator[Line]:
    """Yield how many scams and genuine contacts were recognised, and what that means."""
    yield Line("head", view.counts)
    if view.words:
        yield Line("reason", view.words)


def help_number_lines(parts: Iterable[NamedText]) -> Iterator[Line]:
    """Yield phone numbers to call for help, with their purposes."""
    return (Line("number", part.text, part.name) for part in parts)


def help_section_lines(view: ResultsView) -> Iterator[Line]:
    """Yield phone numbers to call for help below a heading, if there are any."""
    if view.help:
        yield Line("head", view.help_heading)
        yield from help_number_lines(view.help)


def reminder_lines(view: ResultsView, language: str) -> Iterator[Line]:
    """Yield what to remember, with the numbers of the missed questions."""
    if view.remember:
        yield Line("head", _("To remember").translated(language))
        yield from (Line("number", each.rule, f"{each.number}.") for each in view.remember)


def pass_on_lines(attempt: Attempt) -> Iterator[Line]:
    """Yield a few lines to send to somebody else, below a heading, if there are any."""
    if listed := list_lines_to_pass_on(attempt):
        yield Line("head", _("Send this to somebody you care about").translated(attempt.quiz.language))
        yield from (Line("fact", text) for text in listed)


def score_line(view: ResultsView, language: str) -> Line:
    """Return a line with the final score."""
    return Line("score", _("Score: {right}/{total}", right=view.right, total=view.total).translated(language))


def pause_lines(language: str) -> Iterator[Line]:
    """Yield why the last question comes back, and what to think of first."""
    yield Line("head", _("Once more: the last question").translated(language))
    yield Line(
        "reason",
        _(
            "You missed the last question. It comes back now, or one like it. Before you go on, say to yourself why the right answer is right."
        ).translated(language),
    )


def stop_lines(attempt: Attempt, *, is_saved: bool) -> Iterator[Line]:
    """Yield lines saying that the quiz was stopped, and how to resume it.

    ``is_saved`` says whether the answers were saved.
    """
    language = attempt.quiz.language
    if attempt.position == 0:
        yield Line("head", _("Stopped before the first answer; nothing to save.").translated(language))
        return
    values = {"answered": attempt.position, "total": attempt.total}
    yield Line(
        "head",
        (
            _("Stopped: {answered} of {total} answered and saved.", **values)
            if is_saved
            else _("Stopped: {answered} of {total} answered; your answers could not be saved.", **values)
        ).translated(language),
    )
    if is_saved:
        yield Line("hint", _("To continue: quizgen take --resume").translated(language))


def _exhibit_heading_lines(view: ExhibitView) -> Iterator[Line]:
    """Yield what happened before, if the exhibit says so, then what the exhibit is and its sender."""
    if view.context:
        yield Line("context", view.context)
    yield _sender_line(view)


def _sender_line(view: ExhibitView) -> Line:
    return Line("exhibit", bracket_telltale_words(view.sender), view.label)


def exhibit_line(line: ExhibitLine) -> Line:
    """Return a line of an exhibit, with its number if it has one."""
    label = f"{line.number}." if line.number else ""
    return Line("said", Line("said", bracket_telltale_words(line.words), line.who).labelled_text, label)


def reply_option_lines(replies: Sequence[NamedText], language: str) -> Iterator[Line]:
    """Yield the replies that the person can choose from while a call or message appears."""
    if replies:
        yield Line("stem", _("What do you say?").translated(language))
        yield from (Line("option", reply.text, f"{reply.name})") for reply in replies)
        yield Line("hint", _("Type the number of your reply. You can also answer now.").translated(language))


def _telltale_lines(view: ExhibitView) -> Iterator[Line]:
    """Yield the lines with telltale words, which are in brackets."""
    if any(stretch.is_telltale for stretch in view.sender):
        yield _sender_line(view)
    yield from map(exhibit_line, view.telltale_lines)


def sign_lines(view: ExhibitView | None) -> Iterator[Line]:
    """Yield the telltale words of an exhibit, each with the reason."""
    return (Line("reason", sign.reason, sign.words) for sign in (view.signs if view else ()))


def answer_result_line(view: AnswerResult, language: str, outcomes: Mapping[str, Message] = OUTCOMES) -> Line:
    """Return a line that says whether an answer is right, after a sign. ``outcomes`` are other texts for it."""
    counts = {"right": view.right, "total": view.total, "extra": view.extra}
    text = outcomes[view.outcome].with_values(**counts).translated(language)
    return Line(_VERDICTS.get(view.outcome, "wrong"), text, view.symbol)


def _right_answer_lines(view: FeedbackView, language: str) -> Iterator[Line]:
    """Yield the right answer; nothing if the answer given is right."""
    outcome = view.result.outcome
    if outcome == "right":
        return
    if outcome == "partly":  # every position, including the right ones
        for part in view.reviewed_parts:
            yield Line("option", part.text, f"{part.name}.")
            if part.compared:
                yield Line("compared", part.compared)
        return
    yield from _option_lines(view.question.right_answer_parts)
    for part in view.reviewed_parts:
        if part.status == "wrong":
            yield Line("option", part.text + in_brackets(part.notes, language), f"{part.name})")


def reason_lines(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield why words of the exhibit are telltale, why the right answer is right, and what to do."""
    yield from sign_lines(question.explained_exhibit)
    if question.rationale:
        yield Line("reason", question.rationale, _("Why:").translated(language))
    if question.advice:
        yield Line("advice", question.advice, _("What to do (our advice):").translated(language))


def source_lines(question: QuestionView, language: str) -> Iterator[Line]:
    """Yield the citations, with offices and passages."""
    return (Line("source", text, _("Source:").translated(language)) for text in question.citations)


def _option_lines(parts: Iterable[NamedText]) -> Iterator[Line]:
    """Yield options with their letters (``b)``) and pairs with their names (``1b``)."""
    for part in parts:
        yield Line("option", part.text, f"{part.name})" if part.name.isalpha() else part.name)


def _hint_lines(texts: Iterable[str]) -> Iterator[Line]:
    return (Line("hint", text) for text in texts)
