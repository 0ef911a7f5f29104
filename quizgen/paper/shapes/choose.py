"""Options, each behind a box with its letter; true and false without letters."""

from quizgen.paper.design import Measures
from quizgen.paper.shapes import ShapeOnPaper, letter
from quizgen.paper.strips import Placed, grid
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece
from quizgen.shapes import Choose


class ChooseOnPaper(ShapeOnPaper[Choose]):
    """Boxes to tick."""

    answers = Choose

    @property
    def _has_letters(self) -> bool:
        return self.answer.style != "truth"

    def _letters(self) -> list[str]:
        return [letter(index) if self._has_letters else "" for index in range(len(self.answer.options))]

    def hint(self) -> str:
        """Say where several are to be ticked."""
        return self.message("paper.several") if self.answer.style == "several" else ""

    def pieces(self) -> list[Piece]:
        """List boxes, and options."""
        options = map(self.localized, self.answer.options)
        return [
            *(text_piece("tick", name) for name in self._letters()),
            *(text_piece("option", option, self.owner) for option in options),
        ]

    def rows(self, blocks: Blocks, measures: Measures) -> list[list[Placed]]:
        """Set options beside each other where they have room."""
        ticks: list[PieceId] = [("tick", name) for name in self._letters()]
        options: list[PieceId] = [
            ("option", self.owner, self.localized(text)) for text in self.answer.options
        ]
        indent = measures.marker if self._has_letters else measures.box
        return grid(ticks, options, indent, blocks, measures)

    def right_answer(self) -> str:
        """Name the right options."""
        keys = sorted((self.answer.options[key] for key in self.answer.keys), key=lambda text: text["en"])
        return self.separator.join(map(self.localized, keys))

    def mark(self) -> str:
        """Give the right letters."""
        return "".join(letter(key) for key in self.answer.keys) if self._has_letters else ""

    def mark_alphabet(self) -> str:
        """Give the letters of all options."""
        return "".join(self._letters())

    def key_cell(self) -> str:
        """Give the right letters, or T or F."""
        return self.mark() if self._has_letters else "TF"[self.answer.keys[0]]


SHAPE = ChooseOnPaper
