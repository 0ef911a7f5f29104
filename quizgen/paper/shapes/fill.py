"""A blank within the stem."""

from quizgen.model import BLANK
from quizgen.paper.design import Measures, Spacing
from quizgen.paper.shapes import ShapeOnPaper
from quizgen.paper.strips import Strip
from quizgen.paper.typesetter import Blocks, Piece
from quizgen.shapes import Fill


class FillOnPaper(ShapeOnPaper[Fill]):
    """A line to write on."""

    answers = Fill
    is_keyed_by_words = True

    def stem_parts(self, stem: str) -> list[str]:
        """Split a stem at its blank."""
        return stem.split(BLANK)

    def hint(self) -> str:
        """Say what goes onto the line."""
        return self.message("paper.fill")

    def pieces(self) -> list[Piece]:
        """Nothing stands below the stem."""
        return []

    def below(self, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:  # noqa: ARG002  as of every shape
        """Nothing stands below the stem."""
        return Strip(0, ())

    def right_answer(self) -> str:
        """Give the best words."""
        return self.answer.solution(self._language)

    def key_cell(self) -> str:
        """Give the best words."""
        return self.right_answer()


SHAPE = FillOnPaper
