"""How a person answers each answer shape on the full screen. Pure functions.

Each answer shape has a module in this package, which is found automatically.
"""

from abc import ABC, abstractmethod
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from quizgen.registry import collect_entries
from quizgen.screen.answer_input import AnswerInput, KeyHelp, KeyResult
from quizgen.screen.rows import Look, Row, Span, fill_row, wrap_paragraph
from quizgen.shapes import Answer, AnswerShape
from quizgen.view.question import NamedText, QuestionView

A = TypeVar("A", bound=AnswerShape)


class ChoiceRows(Struct, frozen=True):
    """Rows with what a person can choose from.

    ``focus`` are the rows that must be visible, as the first one and the one after the last. ``caret`` is
    the column and row where people type.
    """

    rows: list[Row]
    focus: tuple[int, int] | None = None
    caret: tuple[int, int] | None = None


class AnswerScreen(ABC, Generic[A]):
    """Handles the keys for an answer of one shape, and draws the input so far."""

    shape: ClassVar[type[AnswerShape]]

    def start_input(self, _answer: A) -> AnswerInput:
        """Return the input with which a question begins."""
        return AnswerInput()

    @abstractmethod
    def handle_key(self, answer: A, draft: AnswerInput, key: str) -> KeyResult:
        """Return what a key does: new input, an answer to send, or nothing."""

    def needs_one_key(self, _answer: A) -> bool:
        """Return whether a single key answers the question, without Enter."""
        return False

    def help_keys(self, _answer: A) -> tuple[KeyHelp, ...]:
        """List what keys do that work for this shape only, for the list of keys."""
        return ()

    @abstractmethod
    def draw_choices(self, answer: A, question: QuestionView, draft: AnswerInput, width: int) -> ChoiceRows:
        """Draw what a person can choose from, what is chosen, and the cursor."""


@cache
def _screens_by_shape() -> dict[type[AnswerShape], AnswerScreen[Any]]:
    return collect_entries(__name__, __path__, "SCREEN", lambda screen: screen.shape)


def answer_screen(answer: Answer) -> AnswerScreen[Any]:
    """Return the handler of keys for an answer, according to its shape."""
    return _screens_by_shape()[type(answer)]


def option_rows(part: NamedText, width: int, *, has_cursor: bool, is_chosen: bool, box: str) -> list[Row]:
    """Draw an option: an arrow if it ``has_cursor``, its letter, a ``box`` such as ``[x] `` or "", and the text."""
    key, look = part.name, _option_look(has_cursor=has_cursor)
    lead = (
        Span("› " if has_cursor else "  ", look, key),
        Span(f" {key} ", "picked" if is_chosen else "chip", key),
        Span(f" {box}", look, key),
    )
    rows = wrap_paragraph(part.text, width, look, lead=lead, key=key)
    return [fill_row(row, width, look, key) for row in rows]


def _option_look(*, has_cursor: bool) -> Look:
    return "cursor" if has_cursor else "text"
