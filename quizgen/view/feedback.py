"""What is shown after an answer: right or wrong, the right answer, why, what to do, and who said so where."""

from typing import Literal

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.shapes import Answer, Response
from quizgen.text.languages import FALLBACK
from quizgen.text.messages import message
from quizgen.view.exhibit import ExhibitView, view_exhibit
from quizgen.view.shapes import Part, ReviewedPart, shape_view
from quizgen.view.sources import citations, source_titles
from quizgen.view.text import shown


class Verdict(Struct, frozen=True):
    """Right or wrong, and how much of it.

    ``partly``: ``right`` of ``total`` parts were in place, be it none. ``found``: of ``total`` right options so many
    were chosen, with ``extra`` ones that are not; ``found-only`` is without these.
    """

    outcome: Literal["right", "partly", "found", "found-only", "wrong", "skipped", "late"]
    right: int = 0
    total: int = 0
    extra: int = 0

    @property
    def sign(self) -> str:
        """The sign beside the word, so that colour is never all that tells it."""
        return {"right": "✓", "skipped": "–", "late": "–"}.get(self.outcome, "✗")


class FeedbackView(Struct, frozen=True):
    """An answer explained.

    ``exhibit`` is what it was about, its signs marked. ``key`` is the right answer, part by part, as it would be typed, with what each part stands for;
    ``review`` sets the answer given beside it. ``advice`` may be "". ``citations`` name the passages, and
    ``sources`` the titles that these stand in.
    """

    exhibit: ExhibitView | None
    stem: str
    verdict: Verdict
    key: tuple[Part, ...]
    review: tuple[ReviewedPart, ...]
    rationale: str
    advice: str
    citations: tuple[str, ...]
    sources: tuple[str, ...]


def view_feedback(attempt: Attempt, index: int, *, late: bool = False) -> FeedbackView:
    """Explain answer ``index`` of an attempt, from 0; ``late`` is one that the time ran out on."""
    question, language = attempt.quiz.questions[index], attempt.quiz.language
    response, bank = attempt.given[index].response, attempt.quiz.bank
    shape = shape_view(question.answer)
    return FeedbackView(
        exhibit=view_exhibit(bank, question, language, signs=True),
        stem=shown(question.stem, language),
        verdict=verdict_on(question.answer, response, late=late),
        key=shape.key(question.answer, language),
        review=shape.review(question.answer, response, language),
        rationale=shown(question.rationale, language),
        advice=shown(question.advice, language),
        citations=citations(bank, question, language),
        sources=source_titles(bank, language, only=question),
    )


def timing(attempt: Attempt, index: int, seen: int) -> str:
    """Say when somebody decided on an exhibit of which so many lines had come, beside where the words stand that decide.

    "" for no decision; it tells how early, and counts for nothing.
    """
    exhibit = attempt.quiz.bank.exhibits.get(attempt.quiz.questions[index].exhibit)
    if exhibit is None or not seen or attempt.given[index].response is None:
        return ""
    line = min(sign.line for sign in exhibit.signs)
    when = "sender" if not line else "before" if seen < line else "at" if seen == line else "after"
    numbers = {"seen": seen, "total": len(exhibit.lines), "line": line}
    return message(attempt.quiz.language, f"unfold.{when}", **numbers)


def view_response(attempt: Attempt, index: int) -> tuple[Part, ...]:
    """Repeat answer ``index`` in full, without a word on whether it is right; a skip has no part."""
    answer, language = attempt.quiz.questions[index].answer, attempt.quiz.language
    return shape_view(answer).response(answer, attempt.given[index].response, language)


def verdict_on(answer: Answer, response: Response, *, late: bool = False) -> Verdict:
    """Judge a response; ``None`` is a skip, or what is left where time ran out."""
    result = answer.mark(response)
    if result.right:
        return Verdict("right")
    if response is None:
        return Verdict("late" if late else "skipped")
    if answer.counts_parts and isinstance(response, tuple):
        return Verdict("partly", sum(result.parts), len(result.parts))
    key = answer.solution(FALLBACK)
    if isinstance(response, tuple) and isinstance(key, tuple) and len(key) > 1:
        found = len(set(key) & set(response))
        extra = len(response) - found
        return Verdict("found" if extra else "found-only", found, len(key), extra)
    return Verdict("wrong")
