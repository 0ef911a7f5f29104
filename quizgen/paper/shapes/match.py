"""Prompts behind boxes at the left, and choices with letters at the right."""

from collections.abc import Sequence

from quizgen.paper.design import Measures
from quizgen.paper.shapes import AnswerRow, ShapeOnPaper, letter
from quizgen.paper.strips import Placed
from quizgen.paper.typesetter import Blocks, Piece, text_piece
from quizgen.shapes import Match


class MatchOnPaper(ShapeOnPaper[Match]):
    """Boxes for letters."""

    answers = Match

    def hint(self) -> str:
        """Say what goes into the boxes."""
        return self.message("paper.match")

    def pieces(self) -> list[Piece]:
        """List a box, letters, prompts and choices."""
        prompts, choices = map(self.localized, self.answer.prompts), map(self.localized, self.answer.choices)
        return [
            Piece(("slot",), {}),
            *(text_piece("letter", letter(index)) for index in range(len(self.answer.choices))),
            *(text_piece("prompt", prompt, self.owner) for prompt in prompts),
            *(text_piece("choice", choice, self.owner) for choice in choices),
        ]

    def rows(self, blocks: Blocks, measures: Measures) -> list[list[Placed]]:
        """Set prompts and choices beside each other, as many rows as the longer list has."""
        prompts, choices = self.answer.prompts, self.answer.choices
        right = measures.text - measures.choice
        rows: list[list[Placed]] = [[] for _ in range(max(len(prompts), len(choices)))]
        for index, text in enumerate(prompts):
            rows[index] += [
                Placed(("slot",), 0, 0, option=index),
                Placed(("prompt", self.owner, self.localized(text)), measures.slot, 0),
            ]
        for index, text in enumerate(choices):
            name = letter(index)
            rows[index] += [
                Placed(("letter", name), right - blocks["letter", name].width - 0.25 * measures.slot, 0),
                Placed(("choice", self.owner, self.localized(text)), right, 0),
            ]
        return rows

    def row_height(self, row: Sequence[Placed], blocks: Blocks) -> float:  # noqa: ARG002  as of every shape
        """Give all rows one height, so that a question is as tall in every version."""
        texts = [("prompt", text) for text in self.answer.prompts]
        texts += [("choice", text) for text in self.answer.choices]
        return max(blocks[kind, self.owner, self.localized(text)].height for kind, text in texts)

    def answer_rows(self) -> list[AnswerRow]:
        """Give a row to each box, with a circle for each letter that may go into it."""
        letters = tuple(map(letter, range(len(self.answer.choices))))
        return [AnswerRow(letters, index) for index in range(len(self.answer.prompts))]

    def right_answer(self) -> str:
        """Name the pairs."""
        pairs = zip(self.answer.prompts, self.answer.key, strict=True)
        return self.separator.join(
            f"{self.localized(prompt)} → {self.localized(self.answer.choices[choice])}"
            for prompt, choice in sorted(pairs, key=lambda pair: pair[0]["en"])
        )

    def mark(self) -> str:
        """Give the letter of each box."""
        return "".join(map(letter, self.answer.key))

    def mark_alphabet(self) -> str:
        """Give the letters of all choices."""
        return "".join(letter(index) for index in range(len(self.answer.choices)))


SHAPE = MatchOnPaper
