"""Options, each behind a box with its letter; those in an order of their own without letters."""

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.shapes import AnswerRow, ShapeOnPaper, letter
from quizgen.paper.strips import Strip, grid
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece
from quizgen.shapes import Choose
from quizgen.text.languages import FALLBACK, localize


class ChooseOnPaper(ShapeOnPaper[Choose]):
    """Boxes to tick."""

    answers = Choose

    @property
    def _has_letters(self) -> bool:
        return not self.answer.fixed

    def _letters(self) -> list[str]:
        return [letter(index) if self._has_letters else "" for index in range(len(self.answer.options))]

    @property
    def is_brief(self) -> bool:
        """A verdict on an exhibit, and the number of a line of it, take little room."""
        return self.answer.style == "verdict" or bool(self.answer.line_numbers)

    @property
    def is_ticked_once(self) -> bool:
        """Where there is one right option."""
        return self.answer.style != "several"

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

    def below(self, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Set options beside each other where they have room."""
        ticks: list[PieceId] = [("tick", name) for name in self._letters()]
        options: list[PieceId] = [
            ("option", self.owner, self.localized(text)) for text in self.answer.options
        ]
        indent = measures.marker if self._has_letters else measures.box
        return grid(ticks, options, indent, blocks, measures, space)

    def answer_rows(self) -> list[AnswerRow]:
        """Give a circle to each option: with its letter, the number of its line, or what it says."""
        numbers = tuple(map(str, self.answer.line_numbers))
        words = numbers or tuple(map(self.localized, self.answer.options))
        return [AnswerRow(tuple(self._letters()) if self._has_letters else words)]

    def right_answer(self) -> str:
        """Name the right options."""
        keys = sorted(
            (self.answer.options[key] for key in self.answer.keys), key=lambda text: localize(text, FALLBACK)
        )
        return self.joined(map(self.localized, keys), self.separator)

    def right_lines(self) -> list[tuple[str, str]]:
        """List the right options where several are."""
        if self.answer.style != "several":
            return []
        return [(letter(key), self.localized(self.answer.options[key])) for key in sorted(self.answer.keys)]

    def mark(self) -> str:
        """Give the right letters."""
        return "".join(letter(key) for key in self.answer.keys) if self._has_letters else ""

    def mark_alphabet(self) -> str:
        """Give the letters of all options."""
        return "".join(self._letters())

    def key_cell(self) -> str:
        """Give the right letters, or what stands for the one right option."""
        return self.mark() if self._has_letters else self._signs()[self.answer.keys[0]]

    def key_alphabet(self) -> str:
        """Give the letters of all options, or what stands for these."""
        return self.mark_alphabet() or "".join(self._signs())

    def key_legend(self) -> dict[str, str]:
        """Say what the initials of options without letters stand for."""
        if self.answer.style not in {"truth", "verdict"}:
            return {}
        return dict(zip(self._signs(), map(self.localized, self.answer.options), strict=True))

    def _signs(self) -> list[str]:
        """Give what stands for options without letters: an initial of true, false or a verdict, the number of a line."""
        if self.answer.style == "truth":
            return [self.message("paper.true"), self.message("paper.false")]
        if self.answer.style == "verdict":
            return [self.message("paper.genuine"), self.message("paper.scam")]
        return list(map(str, self.answer.line_numbers))


SHAPE = ChooseOnPaper
