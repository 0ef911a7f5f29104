"""Prompts behind boxes at the left, and choices with letters at the right."""

from functools import cache

from msgspec import Struct

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.lines import estimate_width, is_han, widest_word
from quizgen.paper.press import Blocks, Piece, PieceId, PlacedBlock, Strip, text_piece
from quizgen.paper.shapes import AnswerRow, PaperShape
from quizgen.shapes import Match
from quizgen.text.messages import _
from quizgen.view.question import QuestionView, pair_text

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
        left, right = (sum(map(estimate_width, texts)) for texts in (prompts, choices))
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


class MatchOnPaper(PaperShape):
    """Boxes for letters."""

    shape = Match

    def hint(self, question: QuestionView) -> str:
        """Say what goes into the boxes."""
        return _("Write the letter that fits.").translated(question.language)

    def pieces(self, question: QuestionView) -> list[Piece]:
        """List a box, letters, prompts and choices."""
        pairs = _pairs(question)

        def body(kind: str, text: str) -> Piece:
            return Piece(
                (kind, question.id, text),
                {"text": text},
                lambda measures: {"width": pairs.width(kind, measures)},
            )

        return [
            Piece(("slot",), {}),
            *(text_piece("letter", choice.letter) for choice in question.options),
            *(body("prompt", prompt.text) for prompt in question.prompts),
            *(body("choice", choice.text) for choice in question.options),
        ]

    def below(self, question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing) -> Strip:
        """Set prompts and choices in a column each, as tall as it is."""
        left = round(measures.slot, 2)
        right = round(measures.text - _pairs(question).width("choice", measures), 2)
        placed = []
        y = bottom = 0.0
        slot = blocks["slot",].height
        for index, text in enumerate(prompt.text for prompt in question.prompts):
            prompt = blocks["prompt", question.id, text].height
            tall = max(slot, prompt)
            placed += [
                PlacedBlock(("slot",), 0, round(y + (tall - slot) / 2, 2), option=index),
                PlacedBlock(("prompt", question.id, text), left, round(y + (tall - prompt) / 2, 2)),
            ]
            bottom = y + tall
            y = bottom + space.box
        choices: list[PieceId] = [("choice", question.id, choice.text) for choice in question.options]
        even = (bottom - sum(blocks[choice].height for choice in choices)) / len(choices)
        between = max(even, 2 * space.row)
        y = even / 2 if even == between else 0.0
        for option, choice in zip(question.options, choices, strict=True):
            placed += [
                PlacedBlock(("letter", option.letter), round(right - measures.letter, 2), round(y, 2)),
                PlacedBlock(choice, right, round(y, 2)),
            ]
            y += blocks[choice].height
            bottom = max(bottom, y)
            y += between
        return Strip(round(bottom, 2), tuple(placed))

    def right_lines(self, question: QuestionView) -> list[tuple[str, str]]:
        """List the pairs."""
        return [(pair.option.letter, pair_text(pair)) for pair in question.pairs]

    def answer_rows(self, question: QuestionView) -> list[AnswerRow]:
        """Give a row to each box, with a circle for each letter that may go into it."""
        letters = tuple(self.possible_marks(question))
        return [AnswerRow(letters, index) for index in range(len(question.prompts))]

    def mark(self, question: QuestionView) -> str:
        """Give the letter of each box."""
        return "".join(pair.option.letter for pair in question.pairs)


def _pairs(question: QuestionView) -> Pairs:
    prompts, choices = (
        tuple(sorted(part.text for part in parts)) for parts in (question.prompts, question.options)
    )
    return Pairs.of(prompts, choices, question.language)


PAPER = MatchOnPaper()
