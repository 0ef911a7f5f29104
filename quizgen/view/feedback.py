"""Feedback after an answer: right or wrong, the right answer, the reasons, the advice, and the sources."""

from typing import Literal

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.shapes import Answer, Response
from quizgen.text.languages import FALLBACK
from quizgen.text.messages import _
from quizgen.view.question import Part, QuestionView, view_question


class Verdict(Struct, frozen=True):
    """Right or wrong, and to what extent.

    ``partly``: ``right`` of ``total`` parts are right, perhaps 0. ``found``: ``right`` of ``total`` right options were chosen,
    and ``extra`` wrong ones; ``found-only``: no wrong ones.
    """

    outcome: Literal["right", "partly", "found", "found-only", "wrong", "skipped", "late"]
    right: int = 0
    total: int = 0
    extra: int = 0

    @property
    def sign(self) -> str:
        """The sign before the word, so that verdicts differ without colour."""
        return {"right": "✓", "skipped": "–", "late": "–"}.get(self.outcome, "✗")


class ReviewedPart(Struct, frozen=True):
    """One part of an answer, compared with the right one.

    ``status`` is ``right``, ``wrong``, or ``open`` if there is nothing to say. ``notes`` say what the part is ("right answer",
    "your answer"). A part without a name has a ``label`` ("Right answer:"). ``answers`` is false for an option that is neither
    right nor chosen. ``given`` is the tick or the letter that the person put before it. ``compared`` says what was put at a
    position and what belongs there.
    """

    name: str
    text: str
    status: Literal["right", "wrong", "open"] = "open"
    notes: tuple[str, ...] = ()
    label: str = ""
    answers: bool = True
    given: str = ""
    compared: str = ""


class FeedbackView(Struct, frozen=True):
    """An explained answer: the question, the verdict on the answer, and a comparison with the right one."""

    question: QuestionView
    verdict: Verdict
    review: tuple[ReviewedPart, ...]


def view_feedback(attempt: Attempt, index: int, *, late: bool = False) -> FeedbackView:
    """Explain answer ``index`` of an attempt, from 0; ``late`` means that its time ran out."""
    question, response = view_question(attempt, index), attempt.answers[index].response
    return FeedbackView(
        question, verdict_on(question.answer, response, late=late), review(question, response)
    )


def review(question: QuestionView, response: Response) -> tuple[ReviewedPart, ...]:
    """Compare a response with the right answer: as words, position by position, or option by option."""
    if question.answer.takes_words:
        said = {_("Right answer:"): question.key, _("Your answer:"): question.response(response)}
        return tuple(
            ReviewedPart("", part.text, label=label.translated(question.language))
            for label, parts in said.items()
            for part in parts
        )
    chosen = response if isinstance(response, tuple) else ()
    return _positions(question, chosen) if question.answer.has_parts else _options(question, chosen)


def _options(question: QuestionView, chosen: tuple[int, ...]) -> tuple[ReviewedPart, ...]:
    """Describe each option: whether it is right, and whether it was chosen."""
    reviewed = []
    for index, option in enumerate(question.options):
        is_chosen = index in chosen
        notes = [
            name.translated(question.language)
            for name, applies in ((_("right answer"), option.right), (_("your answer"), is_chosen))
            if applies
        ]
        reviewed.append(
            ReviewedPart(
                name=option.name,
                text=option.text,
                status="right" if option.right else "wrong" if is_chosen else "open",
                notes=tuple(notes),
                answers=option.right or is_chosen,
                given=("[x] " if is_chosen else "[ ] ") if question.answer.allows_several_options else "",
            )
        )
    return tuple(reviewed)


def _positions(question: QuestionView, chosen: tuple[int, ...]) -> tuple[ReviewedPart, ...]:
    """Describe each prompt, or each position in an order: what was put there, and what belongs there."""
    reviewed = []
    for place, (pair, key) in enumerate(zip(question.pairs, question.key, strict=True)):
        mine = question.options[chosen[place]] if place < len(chosen) else None
        name, prompt, right = pair.prompt.name, pair.prompt.text, pair.option.text
        given = f" {mine.name if mine else '_'} " if prompt else ""
        if mine is None or mine.text == right:
            reviewed.append(ReviewedPart(name, key.text, "right" if mine else "open", given=given))
            continue
        words = {"mine": mine.text.rstrip(".。"), "right": right.rstrip(".。")}
        compared = _("You: {mine}. Right: {right}", **words).translated(question.language)
        reviewed.append(
            ReviewedPart(name, prompt or compared, "wrong", given=given, compared=compared if prompt else "")
        )
    return tuple(reviewed)


def timing(attempt: Attempt, index: int, seen: int) -> str:
    """Return a sentence on whether somebody decided before, at or after the first deciding line, given the lines ``seen``.

    It is "" without a decision, and it does not count towards the score.
    """
    exhibit = attempt.quiz.bank.exhibits.get(attempt.quiz.questions[index].exhibit)
    if exhibit is None or not seen or attempt.answers[index].response is None:
        return ""
    line = min(sign.line for sign in exhibit.signs)
    if not line:
        said = _("You decided after line {seen} of {total}; the sender already decides.")
    elif seen < line:
        said = _("You decided after line {seen} of {total}, before line {line}, which decides.")
    else:
        said = (
            _("You decided on line {line} of {total}, the line that decides.")
            if seen == line
            else _("You decided after line {seen} of {total}; line {line} decides.")
        )
    numbers = {"seen": seen, "total": len(exhibit.lines), "line": line}
    return said.filled(**numbers).translated(attempt.quiz.language)


def view_response(attempt: Attempt, index: int) -> tuple[Part, ...]:
    """Return answer ``index`` in full, without saying whether it is right; a skip has no parts."""
    return view_question(attempt, index).response(attempt.answers[index].response)


def verdict_on(answer: Answer, response: Response, *, late: bool = False) -> Verdict:
    """Judge a response; ``None`` is a skip, or an answer that was too late."""
    result = answer.mark_response(response)
    if result.right:
        return Verdict("right")
    if response is None:
        return Verdict("late" if late else "skipped")
    if answer.has_parts and isinstance(response, tuple):
        return Verdict("partly", sum(result.parts), len(result.parts))
    key = answer.correct_response(FALLBACK)
    if isinstance(response, tuple) and isinstance(key, tuple) and len(key) > 1:
        found = len(set(key) & set(response))
        extra = len(response) - found
        return Verdict("found" if extra else "found-only", found, len(key), extra)
    return Verdict("wrong")
