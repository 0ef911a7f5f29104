"""How answers stand on paper: one module a shape, found by looking.

Each module has one class made of ``ShapeOnPaper``, by the name of ``SHAPE``.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from msgspec import Struct

from quizgen.model import Question
from quizgen.paper.design import Measures, Spacing
from quizgen.paper.strips import Strip
from quizgen.paper.typesetter import Blocks, Piece
from quizgen.registry import entries_in
from quizgen.text.foreign import as_before
from quizgen.text.languages import Text, locale, localize
from quizgen.text.messages import message

A = TypeVar("A")


class AnswerRow(Struct, frozen=True):
    """A row of an answer sheet: what its circles are for, one by one; without circles it is a line to write on.

    ``option`` is the printed index of the prompt or step that the row is for; -1 where the circles are the options.
    """

    labels: tuple[str, ...] = ()
    option: int = -1


class ShapeOnPaper(ABC, Generic[A]):
    """An answer of one shape, as it stands below the stem of a question, and in a key.

    ``answers`` is the class of answers that it is for. What makes it up is pieces of the kinds in ``pieces.html``.
    """

    answers: type[A]

    is_keyed_by_words: ClassVar[bool] = False
    """Whether words stand for it in the key of many versions: in a list above the table, with numbers."""

    def __init__(self, question: Question, answer: A, language: str) -> None:
        self.owner = question.id
        self.answer = answer
        self._language = language

    @property
    def is_brief(self) -> bool:
        """Tell whether stem and rows take so little room that they may stand beside an exhibit."""
        return False

    def stem_parts(self, stem: str) -> list[str]:
        """Split a stem where blanks stand."""
        return [stem]

    def hint(self) -> str:
        """Tell behind the stem how to answer; "" where a paper's directions say it."""
        return ""

    @property
    def is_ticked_once(self) -> bool:
        """Tell whether one box is to be ticked, as a paper's directions say."""
        return False

    @abstractmethod
    def pieces(self) -> list[Piece]:
        """List what is to be set for the rows below the stem."""

    @abstractmethod
    def below(self, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Lay out boxes and texts below the stem, from its left edge, as tall in every version; empty for none."""

    def answer_rows(self) -> list[AnswerRow]:
        """List its rows on an answer sheet."""
        return [AnswerRow()]

    @abstractmethod
    def right_answer(self) -> str:
        """Spell out the right answer, in words that do not depend on the printed order."""

    def right_lines(self) -> list[tuple[str, str]]:
        """List what is right where it is several things, in printed order: the letter of each, and its words."""
        return []

    def mark(self) -> str:
        """Return the letters or digits that a right paper shows, from the top: ``B``, ``AC``, ``BADC``, ``2413``.

        Empty where boxes have no letters, or there are no boxes.
        """
        return ""

    def mark_alphabet(self) -> str:
        """Return every character that some version's mark of this question may have."""
        return ""

    def key_cell(self) -> str:
        """Return what stands for it in the key of many versions."""
        return self.mark()

    def key_alphabet(self) -> str:
        """Return every character that this may be written with, unless it is keyed by words."""
        return self.mark_alphabet()

    def key_legend(self) -> dict[str, str]:
        """Say what initials in a key stand for, if it has any."""
        return {}

    def message(self, name: str) -> str:
        """Give a message of the interface, in the paper's language."""
        return message(self._language, name)

    @property
    def separator(self) -> str:
        """What stands between members of a list, in the paper's language."""
        return locale(self._language).semicolon

    def joined(self, texts: Iterable[str], between: str) -> str:
        """Write texts one behind the other, in the language that the first is in, which is that of all."""
        listed = list(texts)
        return as_before(between.join(listed), listed[0])

    def localized(self, text: Text) -> str:
        """Give a text in the paper's language."""
        return localize(text, self._language)


def letter(index: int) -> str:
    """Return the letter of an option: 0 is A."""
    return chr(ord("A") + index)


@cache
def shapes_on_paper() -> dict[type, type[ShapeOnPaper[Any]]]:
    """Find how each class of answers stands on paper."""
    return entries_in(__name__, __path__, "SHAPE", lambda shape: shape.answers)


def on_paper(question: Question, language: str) -> ShapeOnPaper[Any]:
    """Give a question's answer as it stands on paper."""
    return shapes_on_paper()[type(question.answer)](question, question.answer, language)
