"""How the answers of each shape are printed: below the stem, on an answer sheet, and in a key.

Each shape has a module here with ``PAPER``, an instance of a class derived from ``PaperShape``.
"""

from abc import ABC
from functools import cache
from typing import ClassVar

from msgspec import Struct

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press import Blocks, LayoutElement, Strip
from quizgen.registry import collect_entries
from quizgen.shapes import Answer, AnswerShape
from quizgen.view.question import QuestionView


class AnswerRow(Struct, frozen=True):
    """A row of an answer sheet, with a circle for each of ``labels``, or a line to write on if there are none.

    ``printed_index`` is the printed index of the prompt or step that the row is for, or -1 if the row is for the whole
    question.
    """

    labels: tuple[str, ...] = ()
    printed_index: int = -1


class PaperShape(ABC):
    """How answers of one shape are printed, with layout elements of the kinds in ``elements.html``."""

    shape: ClassVar[type[AnswerShape]]

    is_answered_in_words: ClassVar[bool] = False
    """Whether the key of many versions lists its words above the table, and has their numbers in it."""

    def hint(self, _question: QuestionView) -> str:
        """Return the hint on how to answer, printed after the stem, or "" if the directions already say it."""
        return ""

    def asks_for_one_tick(self, _question: QuestionView) -> bool:
        """Return whether one box is to be ticked, as the directions of a paper say."""
        return False

    def make_elements(self, _question: QuestionView) -> list[LayoutElement]:
        """Return the layout elements of the rows below the stem."""
        return []

    def compose_below_stem(
        self, _question: QuestionView, _blocks: Blocks, _measures: Measures, _space: Spacing
    ) -> Strip:
        """Return the strip of boxes and texts below the stem. Its height is the same in every version."""
        return Strip(0, ())

    def answer_sheet_rows(self, _question: QuestionView) -> list[AnswerRow]:
        """List the rows on an answer sheet."""
        return [AnswerRow()]

    def correct_option_lines(self, _question: QuestionView) -> list[tuple[str, str]]:
        """List the correct options (or pairs) in printed order, each with its letter, if several can be correct."""
        return []

    def answer_text(self, question: QuestionView) -> str:
        """Return the right answer in words, as the answers print it behind its letters or digits."""
        return question.right_answer

    def correct_answer_symbols(self, _question: QuestionView) -> str:
        """Return the letters or digits of the correct answer, from the top: ``B``, ``AC``, ``BADC``, ``2413``.

        Empty if there are no boxes, or boxes without letters.
        """
        return ""

    def possible_symbols(self, question: QuestionView) -> str:
        """Return all characters that ``correct_answer_symbols`` can have for this question in any version."""
        return "".join(option.letter for option in question.options)

    def answer_key_cell(self, question: QuestionView) -> str:
        """Return the question's cell in the answer key of many versions."""
        return self.correct_answer_symbols(question)

    def answer_key_characters(self, question: QuestionView) -> str:
        """Return all characters that its cell in the answer key can have in any version, except words."""
        return self.possible_symbols(question)

    def answer_key_legend(self, _question: QuestionView) -> dict[str, str]:
        """Return the meanings of the initials in its cell of the answer key, if it has any."""
        return {}


@cache
def _shapes_by_type() -> dict[type[AnswerShape], PaperShape]:
    return collect_entries(__name__, __path__, "PAPER", lambda paper: paper.shape)


def paper_shape(answer: Answer) -> PaperShape:
    """Return how answers of this shape are printed."""
    return _shapes_by_type()[type(answer)]
