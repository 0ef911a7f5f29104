"""A sitting: the answers that one person gave in one go, on a paper or on a screen."""

from typing import Literal, TypeAlias

from msgspec import Struct

from quizgen.attempt import Attempt
from quizgen.model import Bank, Question
from quizgen.shapes import Choose, Response

Time: TypeAlias = Literal["before", "after", ""]
"""Whether a sheet was filled in before or after a talk; "" if it is not about a talk."""


class GivenAnswer(Struct, frozen=True):
    """The answer that a person gave to a question.

    ``chosen`` are the indices of the options that were chosen. It is empty if the question has no options, and ``None`` if it
    was skipped. ``seconds`` is how long the person took, or ``None`` if unknown. ``genuine`` says what the exhibit is that the person judged, and is ``None`` for any other question.
    """

    question: Question
    chosen: tuple[int, ...] | None
    right: bool
    seconds: float | None = None
    genuine: bool | None = None


class Sitting(Struct, frozen=True):
    """The answers of one person in one go. ``code`` is printed on both sheets of a person, or ""; ``talk`` is where it was, or ""."""

    answers: tuple[GivenAnswer, ...]
    code: str = ""
    time: Time = ""
    talk: str = ""


def sitting_of_attempt(attempt: Attempt) -> Sitting:
    """Return the answers of an attempt as a sitting."""
    return Sitting(
        tuple(
            GivenAnswer(
                question,
                _chosen_options(question, answered.response),
                answered.right,
                answered.seconds,
                judged_exhibit(question, attempt.quiz.bank),
            )
            for question, answered in zip(attempt.quiz.questions, attempt.answers, strict=False)
        )
    )


def _chosen_options(question: Question, response: Response) -> tuple[int, ...] | None:
    """Return the options that a response names; none if the question has no options to choose from."""
    if response is None:
        return None
    return response if isinstance(question.answer, Choose) and isinstance(response, tuple) else ()


def judged_exhibit(question: Question, bank: Bank) -> bool | None:
    """Return whether the exhibit that a question asks to judge is genuine; ``None`` if it asks something else."""
    exhibit = bank.exhibits.get(question.exhibit)
    return exhibit.genuine if exhibit and question.answer.is_genuine_or_scam_choice else None
