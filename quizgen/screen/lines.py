"""What is said a line at a time: the views of a quiz as lines, without colour or width. Pure."""

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.text.messages import aside, message
from quizgen.view.exhibit import ExhibitLine, ExhibitView, with_brackets
from quizgen.view.feedback import FeedbackView, Verdict
from quizgen.view.question import Part, QuestionView, QuizView
from quizgen.view.results import DetectionView, ResultsView
from quizgen.view.text import space_after

Role: TypeAlias = Literal[
    "title",  # of the quiz
    "head",  # of a part of it
    "question",
    "context",  # what happened before an exhibit
    "exhibit",  # what it is, and from whom
    "said",  # a line of it
    "stem",
    "prompt",
    "option",
    "compared",  # what was said in a place, and what is right there
    "hint",
    "right",
    "wrong",
    "skipped",
    "reason",
    "advice",
    "source",
    "number",  # to ring or to know, with what for
    "score",
    "kind",  # a kind word on it
    "missed",
    "fact",
    "note",
]

_VERDICTS: dict[str, Role] = {"right": "right", "skipped": "skipped", "late": "skipped"}


class Line(Struct, frozen=True):
    """One thing that is said. ``label`` stands before the text: an option's letter, or "Why:"."""

    role: Role
    text: str
    label: str = ""

    @property
    def whole(self) -> str:
        """Label and text, with the space between them that the label's script wants."""
        return f"{self.label}{space_after(self.label)}{self.text}"


def heading(quiz: QuizView, language: str) -> Iterator[Line]:
    """Say what quiz this is, where it goes on, what it rests on, how to answer, and what is not as usual."""
    key = "take.resumed" if quiz.position else "take.title" if quiz.total > 1 else "take.title-one"
    values = {"number": quiz.position + 1, "total": quiz.total, "seed": quiz.seed}
    yield Line("title", message(language, key, **values))
    yield from _hints(quiz.sources)
    yield Line("hint", message(language, "take.how"))
    yield from _hints(quiz.rules(language))


def prompt(question: QuestionView, language: str) -> Iterator[Line]:
    """Put a question: where one stands, what it is about, the stem, what there is to choose, how to answer."""
    values = {"number": question.number, "total": question.total}
    name = "take.question-again" if question.again else "take.question"
    yield Line("question", message(language, name, topic=question.topic, **values))
    if question.exhibit:
        yield from _above(question.exhibit)
        yield from map(said, question.exhibit.lines)
    yield Line("stem", question.stem)
    yield from (Line("prompt", part.text, f"{part.name}.") for part in question.prompts)
    yield from _options(question.options)
    yield Line("hint", hint(question, language))


def unfolding(question: QuestionView, language: str) -> Iterator[Line]:
    """Put a question whose exhibit is still to come: what is asked, then from whom, and the first line."""
    values = {"number": question.number, "total": question.total}
    yield Line("question", message(language, "take.question", topic=question.topic, **values))
    yield Line("stem", question.stem)
    yield Line("hint", message(language, "unfold.how", hint=hint(question, language)))
    if question.exhibit:
        yield from _above(question.exhibit)
        yield said(question.exhibit.lines[0])


def hint(question: QuestionView, language: str) -> str:
    """Say in a sentence how such a question is answered, with an example that is not the key."""
    return message(language, f"take.{question.hint}", **question.hint_values)


def helped(question: QuestionView, language: str) -> Iterator[Line]:
    """Answer ``?``: how to answer, and what else can be typed."""
    yield Line("hint", hint(question, language))
    yield Line("hint", message(language, "take.commands"))


def unclear(question: QuestionView, language: str) -> Line:
    """Say that a reply was not understood, and what is expected."""
    return Line("note", message(language, "take.unclear", hint=hint(question, language)))


def feedback(view: FeedbackView, language: str, timing: str = "") -> Iterator[Line]:
    """Tell an answer right or wrong, a wrong one with the right answer below it; when it came; why, and who says so."""
    yield verdict(view.verdict, language)
    yield from _right_answer(view, language)
    if timing:
        yield Line("reason", timing)
    if view.question.explained:
        yield from _deciding(view.question.explained)
    yield from reasons(view.question, language)
    yield from sources(view.question, language)


def noted(language: str, *, skipped: bool, late: bool) -> Line:
    """Say that an answer was taken, or skipped, where right and wrong come at the end."""
    name = "take.noted-late" if late else "take.noted-skip" if skipped else "take.noted"
    return Line("note" if late else "hint", message(language, name))


def results(view: ResultsView, language: str) -> Iterator[Line]:
    """List what was missed: its facts to read again, or its explanation where there was none yet."""
    yield Line("question", message(language, "take.end"))
    yield Line("kind", view.kind)
    if view.repeated:
        yield Line("reason", view.repeated)
    if not view.missed:
        return
    yield Line("head", message(language, "take.read-again" if view.explained else "take.mistakes"))
    for missed in view.missed:
        yield Line("missed", missed.feedback.question.stem, f"{missed.number}.")
        exhibit = missed.feedback.question.explained
        if exhibit:
            yield _exhibit(exhibit)
        if view.explained:
            yield from _deciding(exhibit) if exhibit else ()
            yield from _signs(exhibit)
            fact = message(language, "take.fact")
            yield from (Line("fact", text, fact) for text in missed.facts)
        else:
            yield from feedback(missed.feedback, language)
    yield from _hints(view.sources)


def detection(view: DetectionView) -> Iterator[Line]:
    """Tell how many scams were stopped and genuine ones trusted, and what follows."""
    yield Line("head", view.counts)
    if view.words:
        yield Line("reason", view.words)


def numbers(parts: Iterable[Part]) -> Iterator[Line]:
    """List numbers to ring or to know, each with what it is for."""
    return (Line("number", part.text, part.name) for part in parts)


def help_numbers(parts: Iterable[Part], language: str) -> Iterator[Line]:
    """List numbers below a title, if there are any."""
    if listed := list(numbers(parts)):
        yield Line("head", message(language, "detection.help"))
        yield from listed


def remembered(view: ResultsView, language: str) -> Iterator[Line]:
    """Say what to remember, if something was missed, by the numbers of the questions that are listed before."""
    if view.remember:
        yield Line("head", message(language, "take.remember"))
        yield from (Line("number", each.rule, f"{each.number}.") for each in view.remember)


def certificate_hint(seed: int, language: str) -> Line:
    """Say which command prints a certificate of taking part in the quiz of a seed."""
    return Line("hint", message(language, "certificate.command", seed=seed))


def score(view: ResultsView, language: str) -> Line:
    """Give the final score."""
    return Line("score", message(language, "take.score", right=view.right, total=view.total))


def stopped(attempt: Attempt, *, kept: bool) -> Iterator[Line]:
    """Say that the quiz was stopped, and how to go on with it."""
    language = attempt.quiz.language
    if attempt.position == 0:
        yield Line("head", message(language, "take.stopped-first"))
        return
    values = {"answered": attempt.position, "total": attempt.total}
    yield Line("head", message(language, "take.stopped" if kept else "take.stopped-lost", **values))
    if kept:
        yield Line("hint", message(language, "take.resume"))


def _above(view: ExhibitView) -> Iterator[Line]:
    """Say what happened before, if anything is said of it, then what it is and from whom."""
    if view.context:
        yield Line("context", view.context)
    yield _exhibit(view)


def _exhibit(view: ExhibitView) -> Line:
    return Line("exhibit", with_brackets(view.sender), view.label)


def said(line: ExhibitLine) -> Line:
    """Say a line of an exhibit, with its number."""
    return Line("said", Line("said", with_brackets(line.words), line.who).whole, f"{line.number}.")


def _deciding(view: ExhibitView) -> Iterator[Line]:
    """Repeat the lines with words that decide, these in brackets."""
    if any(stretch.decides for stretch in view.sender):
        yield _exhibit(view)
    yield from map(said, view.deciding)


def _signs(view: ExhibitView | None) -> Iterator[Line]:
    return (Line("reason", sign.reason, sign.words) for sign in (view.signs if view else ()))


def verdict(view: Verdict, language: str, table: str = "take") -> Line:
    """Tell right or wrong by sign and word; a ``table`` of messages may say it otherwise."""
    counts = {"right": view.right, "total": view.total, "extra": view.extra}
    text = message(language, f"{table}.{view.outcome}", **counts)
    return Line(_VERDICTS.get(view.outcome, "wrong"), text, view.sign)


def _right_answer(view: FeedbackView, language: str) -> Iterator[Line]:
    """Give the right answer below one that was not."""
    outcome = view.verdict.outcome
    if outcome == "right":
        return
    if outcome == "partly":  # place by place, the right ones too
        for part in view.review:
            yield Line("option", part.text, f"{part.name}.")
            if part.compared:
                yield Line("compared", part.compared)
        return
    yield from _options(view.question.key)
    for part in view.review:
        if part.status == "wrong":
            yield Line("option", part.text + aside(part.notes, language), f"{part.name})")


def reasons(question: QuestionView, language: str) -> Iterator[Line]:
    """Say why the words of an exhibit decide, why the answer is right, and what to do."""
    yield from _signs(question.explained)
    if question.rationale:
        yield Line("reason", question.rationale, message(language, "take.why"))
    if question.advice:
        yield Line("advice", question.advice, message(language, "take.advice"))


def sources(question: QuestionView, language: str) -> Iterator[Line]:
    """Say where it comes from, by office and passage."""
    return (Line("source", text, message(language, "take.source")) for text in question.citations)


def _options(parts: Iterable[Part]) -> Iterator[Line]:
    """Show parts as they are printed, ``b)``, and pairs as they are typed, ``1b``."""
    for part in parts:
        yield Line("option", part.text, f"{part.name})" if part.name.isalpha() else part.name)


def _hints(texts: Iterable[str]) -> Iterator[Line]:
    return (Line("hint", text) for text in texts)
