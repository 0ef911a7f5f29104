"""Prompts behind boxes at the left, and choices with letters at the right."""

from functools import cache

from msgspec import Struct

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.lines import guessed_width, is_han, widest_word
from quizgen.paper.shapes import AnswerRow, ShapeOnPaper, letter
from quizgen.paper.strips import Placed, Strip
from quizgen.paper.typesetter import Blocks, Piece, PieceId, text_piece
from quizgen.shapes import Match
from quizgen.text.languages import FALLBACK, Text, localize

NARROWEST = 0.3
"""Of the width that prompts and choices have, the least share that either takes."""

_SURE = 1.02
"""How much more room than its characters take a word has, since no one could read one that is broken."""


class Pairs(Struct, frozen=True):
    """How prompts and choices share the width that both have.

    ``share`` is that of prompts which lets them be about as tall as choices; ``prompt`` and ``choice`` are how wide the
    widest word of either is, by the size of the type.
    """

    share: float
    prompt: float
    choice: float

    @classmethod
    @cache
    def of(cls, prompts: tuple[str, ...], choices: tuple[str, ...], language: str) -> "Pairs":
        """Measure prompts and choices."""
        left, right = (sum(map(guessed_width, texts)) for texts in (prompts, choices))
        share = min(max(left / (left + right), NARROWEST), 1 - NARROWEST)
        prompt, choice = (_SURE * widest_word(texts, han=is_han(language)) for texts in (prompts, choices))
        return cls(share, prompt, choice)

    def width(self, kind: str, measures: Measures) -> float:
        """Give the width of prompts or of choices, in points: no word is wider, where both have room for that."""
        prompts = min(self.share * measures.pair, measures.pair - self.choice * measures.size)
        prompts = round(max(prompts, self.prompt * measures.size), 2)
        if prompts > (1 - NARROWEST / 2) * measures.pair:  # some word is as wide as a column
            prompts = round(self.share * measures.pair, 2)
        return prompts if kind == "prompt" else round(measures.pair - prompts, 2)


class MatchOnPaper(ShapeOnPaper[Match]):
    """Boxes for letters."""

    answers = Match

    def hint(self) -> str:
        """Say what goes into the boxes."""
        return self.message("paper.match")

    def pieces(self) -> list[Piece]:
        """List a box, letters, prompts and choices."""
        prompts, choices = self._texts()
        pairs = self._pairs()
        return [
            Piece(("slot",), {}),
            *(text_piece("letter", letter(index)) for index in range(len(choices))),
            *(Piece(("prompt", self.owner, text), {"text": text, "pairs": pairs}) for text in prompts),
            *(Piece(("choice", self.owner, text), {"text": text, "pairs": pairs}) for text in choices),
        ]

    def _texts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give prompts and choices, in printed order."""
        return tuple(map(self.localized, self.answer.prompts)), tuple(
            map(self.localized, self.answer.choices)
        )

    def _pairs(self) -> Pairs:
        prompts, choices = self._texts()
        return Pairs.of(tuple(sorted(prompts)), tuple(sorted(choices)), self._language)

    def below(self, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Set prompts and choices in a column each, as tall as it is."""
        left = round(measures.slot, 2)
        right = round(measures.text - self._pairs().width("choice", measures), 2)
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
        return [(letter(choice), self._pair(prompt, choice)) for prompt, choice in pairs]

    def answer_rows(self) -> list[AnswerRow]:
        """Give a row to each box, with a circle for each letter that may go into it."""
        letters = tuple(map(letter, range(len(self.answer.choices))))
        return [AnswerRow(letters, index) for index in range(len(self.answer.prompts))]

    def right_answer(self) -> str:
        """Name the pairs."""
        pairs = zip(self.answer.prompts, self.answer.key, strict=True)
        listed = sorted(pairs, key=lambda pair: localize(pair[0], FALLBACK))
        return self.joined((self._pair(prompt, choice) for prompt, choice in listed), self.separator)

    def _pair(self, prompt: Text, choice: int) -> str:
        return self.joined(map(self.localized, (prompt, self.answer.choices[choice])), " → ")

    def mark(self) -> str:
        """Give the letter of each box."""
        return "".join(map(letter, self.answer.key))

    def mark_alphabet(self) -> str:
        """Give the letters of all choices."""
        return "".join(letter(index) for index in range(len(self.answer.choices)))


SHAPE = MatchOnPaper
