"""Feedback after an answer: whether it is right, the right answer, the reasons, the advice and the sources."""

from typing import Literal

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.shapes import Answer, Response
from quizgen.text.languages import FALLBACK
from quizgen.text.messages import Message, _
from quizgen.view.glossary import explain_words
from quizgen.view.money import describe_cost
from quizgen.view.question import NamedText, QuestionView, build_question_view


class AnswerResult(Struct, frozen=True):
    """Whether an answer is right, and if not, to what extent.

    If ``outcome`` is ``partly``, ``right`` of ``total`` parts are right, perhaps none. If it is
    ``found``, ``right`` of ``total`` correct options were chosen, and ``extra`` wrong ones; if it is
    ``found-only``, no wrong ones were.
    """

    outcome: Literal["right", "partly", "found", "found-only", "wrong", "skipped", "late"]
    right: int = 0
    total: int = 0
    extra: int = 0

    @property
    def symbol(self) -> str:
        """The symbol ✓, – or ✗, which tells results apart without colour."""
        return {"right": "✓", "skipped": "–", "late": "–"}.get(self.outcome, "✗")


class ReviewedPart(Struct, frozen=True):
    """One part of an answer, compared with the right one.

    - ``status`` is ``right``, ``wrong``, or ``open`` if it is neither, as for a wrong option that was not chosen.
    - ``notes`` say what the part is ("right answer", "your answer").
    - ``label`` introduces a part without a name ("Right answer:").
    - ``answers`` is false for an option that is neither correct nor chosen.
    - ``given`` is the tick or the letter that the person put before the part.
    - ``compared`` says what the person put at a position, and what belongs there; ``mine`` and ``correct`` are these two texts.
    """

    name: str
    text: str
    status: Literal["right", "wrong", "open"] = "open"
    notes: tuple[str, ...] = ()
    label: str = ""
    answers: bool = True
    given: str = ""
    compared: str = ""
    mine: str = ""
    correct: str = ""


class FeedbackView(Struct, frozen=True):
    """Feedback on an answer: the question, the result, and each part compared with the right answer.

    ``timing`` says at which line of an exhibit somebody decided, and ``cost`` what that cost; both may be "".
    ``explained_words`` explain the words that the quiz uses for the first time.
    """

    question: QuestionView
    result: AnswerResult
    reviewed_parts: tuple[ReviewedPart, ...]
    timing: str = ""
    cost: str = ""
    explained_words: tuple[str, ...] = ()


def build_feedback_view(attempt: Attempt, index: int, *, is_late: bool = False) -> FeedbackView:
    """Describe the feedback on answer ``index`` of an attempt, from 0; ``is_late`` means that its time ran out."""
    question, response = build_question_view(attempt, index), attempt.answers[index].response
    return FeedbackView(
        question,
        judge_response(question.answer, response, is_late=is_late),
        review_response(question, response),
        timing=describe_decision_time(attempt, index),
        cost=describe_cost(attempt, index),
        explained_words=explain_words(attempt, index, is_answered=True),
    )


def review_response(question: QuestionView, response: Response) -> tuple[ReviewedPart, ...]:
    """Compare a response with the right answer: as words, position by position, or option by option."""
    if question.answer.takes_words:
        said = {
            _("Right answer:"): question.right_answer_parts,
            _("Your answer:"): question.response_parts(response),
        }
        return tuple(
            ReviewedPart("", part.text, label=label.translated(question.language))
            for label, parts in said.items()
            for part in parts
        )
    chosen = response if isinstance(response, tuple) else ()
    return (
        _review_positions(question, chosen)
        if question.answer.has_parts
        else _review_options(question, chosen)
    )


def _review_options(question: QuestionView, chosen_indices: tuple[int, ...]) -> tuple[ReviewedPart, ...]:
    """Describe each option: whether it is correct, and whether it was chosen."""
    reviewed = []
    for index, option in enumerate(question.options):
        is_chosen = index in chosen_indices
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


def _review_positions(question: QuestionView, chosen_indices: tuple[int, ...]) -> tuple[ReviewedPart, ...]:
    """Describe each prompt, or each position in an order: what the person put there, and what belongs there."""
    reviewed = []
    for place, (pair, key) in enumerate(zip(question.pairs, question.right_answer_parts, strict=True)):
        mine = question.options[chosen_indices[place]] if place < len(chosen_indices) else None
        name, prompt, right = pair.prompt.name, pair.prompt.text, pair.option.text
        given = f" {mine.name if mine else '_'} " if prompt else ""
        if mine is None or mine.text == right:
            reviewed.append(ReviewedPart(name, key.text, "right" if mine else "open", given=given))
            continue
        words = {"mine": mine.text.rstrip(".。"), "right": right.rstrip(".。")}
        compared = _("You: {mine}. Right: {right}", **words).translated(question.language)
        reviewed.append(
            ReviewedPart(
                name,
                prompt or compared,
                "wrong",
                given=given,
                compared=compared if prompt else "",
                mine=mine.text,
                correct=right,
            )
        )
    return tuple(reviewed)


def describe_decision_time(attempt: Attempt, index: int) -> str:
    """Return a sentence that says at which line somebody decided, and which line shows what the exhibit is.

    It is "" if the lines did not appear one by one, or if the question was skipped. The time does not count
    towards the score.
    """
    answered = attempt.answers[index]
    exhibit = attempt.quiz.bank.exhibits.get(attempt.quiz.questions[index].exhibit)
    if exhibit is None or answered.lines_seen is None or answered.response is None:
        return ""
    said = (_genuine_decision if exhibit.genuine else _scam_decision)(
        exhibit.deciding_line, answered.lines_seen, is_right=answered.right
    )
    numbers = {"seen": answered.lines_seen, "total": len(exhibit.lines), "line": exhibit.deciding_line}
    return said.with_values(**numbers).translated(attempt.quiz.language)


def _scam_decision(line: int, lines_seen: int, *, is_right: bool) -> Message:
    """Return what to say about a verdict on a scam after ``lines_seen`` lines; ``line`` is the deciding one."""
    if not is_right:
        if not line:
            return _("The sender gives it away.")
        return (
            _("You had already read line {line}, which gives it away.")
            if lines_seen >= line
            else _("You answered at line {seen} of {total}; line {line} gives it away.")
        )
    if not line:
        return _("You stopped it at line {seen} of {total}; the sender already gives it away.")
    if lines_seen < line:
        return _("You stopped it at line {seen} of {total}, before line {line}, which gives it away.")
    return (
        _("You stopped it at line {seen} of {total}, the line that gives it away.")
        if lines_seen == line
        else _("You stopped it at line {seen} of {total}; line {line} gives it away.")
    )


def _genuine_decision(line: int, lines_seen: int, *, is_right: bool) -> Message:
    """Return what to say about a verdict on a genuine exhibit, as :func:`_scam_decision` does on a scam."""
    if not line:
        return _("You answered at line {seen} of {total}; the sender shows that it is genuine.")
    return (
        _("You had already read line {line}, which shows that it is genuine.")
        if lines_seen >= line and not is_right
        else _("You answered at line {seen} of {total}; line {line} shows that it is genuine.")
    )


def list_response_parts(attempt: Attempt, index: int) -> tuple[NamedText, ...]:
    """Return each part of answer ``index``, without saying whether it is right; none for a skipped question."""
    return build_question_view(attempt, index).response_parts(attempt.answers[index].response)


def judge_response(answer: Answer, response: Response, *, is_late: bool = False) -> AnswerResult:
    """Return the result of a response.

    ``None`` is a skipped question or, if ``is_late``, one whose time ran out.
    """
    result = answer.mark_response(response)
    if result.right:
        return AnswerResult("right")
    if response is None:
        return AnswerResult("late" if is_late else "skipped")
    if answer.has_parts and isinstance(response, tuple):
        return AnswerResult("partly", sum(result.parts), len(result.parts))
    key = answer.correct_response(FALLBACK)
    if isinstance(response, tuple) and isinstance(key, tuple) and len(key) > 1:
        found = len(set(key) & set(response))
        extra = len(response) - found
        return AnswerResult("found" if extra else "found-only", found, len(key), extra)
    return AnswerResult("wrong")
