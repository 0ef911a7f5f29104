"""Prompts behind boxes at the left, and choices with letters at the right."""

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.shapes import AnswerRow, ShapeOnPaper, letter
from quizgen.paper.strips import Placed, Strip
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece
from quizgen.paper.widths import ems
from quizgen.shapes import Match

NARROWEST = 0.3
"""Of the width that prompts and choices have, the least share that either takes."""


class MatchOnPaper(ShapeOnPaper[Match]):
    """Boxes for letters."""

    answers = Match

    def hint(self) -> str:
        """Say what goes into the boxes."""
        return self.message("paper.match")

    def pieces(self) -> list[Piece]:
        """List a box, letters, prompts and choices."""
        share = self._share()
        return [
            Piece(("slot",), {}),
            *(text_piece("letter", letter(index)) for index in range(len(self.answer.choices))),
            *self._texts("prompt", share),
            *self._texts("choice", 1 - share),
        ]

    def _texts(self, kind: str, share: float) -> list[Piece]:
        """Make the pieces of prompts or choices, which take a share of the width that both have."""
        texts = self.answer.prompts if kind == "prompt" else self.answer.choices
        return [
            Piece((kind, self.owner, text), {"text": text, "share": share})
            for text in map(self.localized, texts)
        ]

    def _share(self) -> float:
        """Tell how much of the width prompts take: as much as lets them be about as tall as choices, within limits."""
        prompts, choices = (
            sum(map(ems, map(self.localized, texts))) for texts in (self.answer.prompts, self.answer.choices)
        )
        return round(min(max(prompts / (prompts + choices), NARROWEST), 1 - NARROWEST), 2)

    def below(self, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Set prompts and choices in a column each, as tall as it is."""
        left = round(measures.slot, 2)
        right = round(measures.text - (1 - self._share()) * measures.pair, 2)
        placed = []
        y = bottom = 0.0
        slot = blocks["slot",].height
        for index, text in enumerate(map(self.localized, self.answer.prompts)):
            prompt = blocks["prompt", self.owner, text].height
            tall = max(slot, prompt)
            placed += [
                Placed(("slot",), 0, round(y + (tall - slot) / 2, 2), option=index),
                Placed(("prompt", self.owner, text), left, round(y + (tall - prompt) / 2, 2)),
            ]
            bottom = y + tall
            y = bottom + space.box
        choices: list[PieceId] = [
            ("choice", self.owner, self.localized(text)) for text in self.answer.choices
        ]
        even = (bottom - sum(blocks[choice].height for choice in choices)) / len(choices)
        between = max(even, 2 * space.row)
        y = even / 2 if even == between else 0.0
        for index, choice in enumerate(choices):
            name = letter(index)
            placed += [
                Placed(("letter", name), round(right - measures.letter, 2), round(y, 2)),
                Placed(choice, right, round(y, 2)),
            ]
            y += blocks[choice].height
            bottom = max(bottom, y)
            y += between
        return Strip(round(bottom, 2), tuple(placed))

    def right_lines(self) -> list[tuple[str, str]]:
        """List the pairs."""
        pairs = zip(self.answer.prompts, self.answer.key, strict=True)
        return [
            (letter(choice), f"{self.localized(prompt)} → {self.localized(self.answer.choices[choice])}")
            for prompt, choice in pairs
        ]

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
