"""Steps, each behind a box for its number."""

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.shapes import AnswerRow, ShapeOnPaper
from quizgen.paper.strips import Strip, grid
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece
from quizgen.shapes import Order


class OrderOnPaper(ShapeOnPaper[Order]):
    """Boxes for numbers."""

    answers = Order

    def hint(self) -> str:
        """Say what goes into the boxes."""
        return self.message("paper.order")

    def pieces(self) -> list[Piece]:
        """List a box, and steps."""
        steps = map(self.localized, self.answer.steps)
        return [Piece(("slot",), {}), *(text_piece("option", step, self.owner) for step in steps)]

    def below(self, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Set steps beside each other where they have room."""
        steps: list[PieceId] = [("option", self.owner, self.localized(text)) for text in self.answer.steps]
        return grid([("slot",)] * len(steps), steps, measures.slot, blocks, measures, space)

    def answer_rows(self) -> list[AnswerRow]:
        """Give a row to each box, with a circle for each number that may go into it."""
        numbers = tuple(str(index + 1) for index in range(len(self.answer.steps)))
        return [AnswerRow(numbers, index) for index in range(len(self.answer.steps))]

    def right_answer(self) -> str:
        """Name the steps, first to last."""
        return self.joined((self.localized(self.answer.steps[index]) for index in self.answer.key), " → ")

    def mark(self) -> str:
        """Give the number of each box."""
        return "".join(str(self.answer.key.index(step) + 1) for step in range(len(self.answer.steps)))

    def mark_alphabet(self) -> str:
        """Give the numbers of all steps."""
        return "".join(str(index + 1) for index in range(len(self.answer.steps)))


SHAPE = OrderOnPaper
