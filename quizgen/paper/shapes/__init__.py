"""How the answers of each shape stand on paper: below the stem, on an answer sheet, and in a key.

A module for each shape, found by looking, with an instance of a class derived from ``PaperShape``.
"""

from abc import ABC
from functools import cache
from typing import ClassVar

from msgspec import Struct

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press import Blocks, Piece, Strip
from quizgen.registry import collect_entries
from quizgen.shapes import Answer, Shape
from quizgen.view.question import QuestionView


class AnswerRow(Struct, frozen=True):
    """A row of an answer sheet: what its circles are for, one by one; without circles it is a line to write on.

    ``option`` is the printed index of the prompt or step that the row is for; -1 where the circles are the options.
    """

    labels: tuple[str, ...] = ()
    option: int = -1


class PaperShape(ABC):
    """How answers of one shape stand on paper. What makes them up is pieces of the kinds in ``pieces.html``."""

    shape: ClassVar[type[Shape]]

    is_keyed_by_words: ClassVar[bool] = False
    """Whether words stand for it in the key of many versions: in a list above the table, with numbers."""

    def hint(self, _question: QuestionView) -> str:
        """Tell behind the stem how to answer; "" where a paper's directions say it."""
        return ""

    def is_ticked_once(self, _question: QuestionView) -> bool:
        """Tell whether one box is to be ticked, as a paper's directions say."""
        return False

    def pieces(self, _question: QuestionView) -> list[Piece]:
        """List what is to be set for the rows below the stem."""
        return []

    def below(self, _question: QuestionView, _blocks: Blocks, _measures: Measures, _space: Spacing) -> Strip:
        """Lay out boxes and texts below the stem, from its left edge, as tall in every version; empty for none."""
        return Strip(0, ())

    def answer_rows(self, _question: QuestionView) -> list[AnswerRow]:
        """List its rows on an answer sheet."""
        return [AnswerRow()]

    def right_lines(self, _question: QuestionView) -> list[tuple[str, str]]:
        """List what is right where it is several things, in printed order: the letter of each, and its words."""
        return []

    def mark(self, _question: QuestionView) -> str:
        """Return the letters or digits that a right paper shows, from the top: ``B``, ``AC``, ``BADC``, ``2413``.

        Empty where boxes have no letters, or there are no boxes.
        """
        return ""

    def possible_marks(self, question: QuestionView) -> str:
        """Return every character that some version's mark of this question may have."""
        return "".join(option.letter for option in question.options)

    def key_cell(self, question: QuestionView) -> str:
        """Return what stands for it in the key of many versions."""
        return self.mark(question)

    def key_alphabet(self, question: QuestionView) -> str:
        """Return every character that this may be written with, unless it is keyed by words."""
        return self.possible_marks(question)

    def key_legend(self, _question: QuestionView) -> dict[str, str]:
        """Say what initials in a key stand for, if it has any."""
        return {}


@cache
def _registry() -> dict[type[Shape], PaperShape]:
    return collect_entries(__name__, __path__, "PAPER", lambda paper: paper.shape)


def paper_shape(answer: Answer) -> PaperShape:
    """Find how answers of this shape stand on paper."""
    return _registry()[type(answer)]
