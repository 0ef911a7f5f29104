"""How each answer shape is answered on the full screen: one module for each, found automatically. Pure functions."""

from abc import ABC, abstractmethod
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from quizgen.registry import collect_entries
from quizgen.screen.answer_input import AnswerInput, KeyResult
from quizgen.screen.rows import Look, Row, Span, fill_row, paragraph
from quizgen.shapes import Answer, AnswerShape
from quizgen.view.question import NamedText, QuestionView

A = TypeVar("A", bound=AnswerShape)


class Choices(Struct, frozen=True):
    """Rows with what there is to choose from.

    ``focus`` are the rows that must be visible (first, past the last), if any. ``caret`` is the column and row where people
    type.
    """

    rows: list[Row]
    focus: tuple[int, int] | None = None
    caret: tuple[int, int] | None = None


class ScreenShape(ABC, Generic[A]):
    """Takes an answer of one shape, key by key, and shows the input so far."""

    shape: ClassVar[type[AnswerShape]]

    def begin(self, _answer: A) -> AnswerInput:
        """Return the input with which a question begins."""
        return AnswerInput()

    @abstractmethod
    def press(self, answer: A, draft: AnswerInput, key: str) -> KeyResult:
        """Return the result of a key."""

    def one_key(self, _answer: A) -> bool:
        """Return whether one key answers, so that nobody needs Enter."""
        return False

    @abstractmethod
    def choices(self, answer: A, question: QuestionView, draft: AnswerInput, width: int) -> Choices:
        """Show what there is to choose from, what is chosen, and the cursor."""


@cache
def _registry() -> dict[type[AnswerShape], ScreenShape[Any]]:
    return collect_entries(__name__, __path__, "SCREEN", lambda screen: screen.shape)


def screen_shape(answer: Answer) -> ScreenShape[Any]:
    """Return the screen shape for an answer."""
    return _registry()[type(answer)]


def option_rows(part: NamedText, width: int, *, here: bool, chosen: bool, box: str) -> list[Row]:
    """Show an option: the cursor's arrow, its letter, a ``box`` such as ``[x] `` or "", and the text."""
    key, look = part.name, _look(here=here)
    lead = (
        Span("› " if here else "  ", look, key),
        Span(f" {key} ", "picked" if chosen else "chip", key),
        Span(f" {box}", look, key),
    )
    rows = paragraph(part.text, width, look, lead=lead, key=key)
    return [fill_row(row, width, look, key) for row in rows]


def _look(*, here: bool) -> Look:
    return "cursor" if here else "text"
