"""Prompts with boxes at the left, and choices with letters at the right."""

from functools import cache

from msgspec import Struct

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.lines import estimate_width, is_chinese, widest_word_width
from quizgen.paper.press import Blocks, ElementId, LayoutElement, PlacedBlock, Strip, make_text_element
from quizgen.paper.shapes import AnswerRow, PaperShape
from quizgen.shapes import Match
from quizgen.text.messages import _
from quizgen.view.question import QuestionView, format_pair

MIN_SHARE = 0.3
"""The smallest share of the width that prompts or choices get."""

_WORD_MARGIN = 1.02
"""Factor for the width of the widest word, so that an estimate a little too small does not break the word."""


class ColumnWidths(Struct, frozen=True):
    """How prompts and choices share the width.

    With ``share`` of it for the prompts, both columns are about equally tall. ``prompt`` and ``choice`` are the widths of
    the widest words, in ems.
    """

    share: float
    prompt: float
    choice: float

    @classmethod
    @cache
    def for_texts(cls, prompts: tuple[str, ...], choices: tuple[str, ...], language: str) -> "ColumnWidths":
        """Measure prompts and choices."""
        left, right = (sum(map(estimate_width, texts)) for texts in (prompts, choices))
        share = min(max(left / (left + right), MIN_SHARE), 1 - MIN_SHARE)
        prompt, choice = (
            _WORD_MARGIN * widest_word_width(texts, han=is_chinese(language)) for texts in (prompts, choices)
        )
        return cls(share, prompt, choice)

    def column_width(self, kind: str, measures: Measures) -> float:
        """Return the width of prompts or choices, in points, at least that of the widest word if both have room."""
        prompts = min(self.share * measures.pair, measures.pair - self.choice * measures.size)
        prompts = round(max(prompts, self.prompt * measures.size), 2)
        if prompts > (1 - MIN_SHARE / 2) * measures.pair:  # a word is about as wide as both columns
            prompts = round(self.share * measures.pair, 2)
        return prompts if kind == "prompt" else round(measures.pair - prompts, 2)


class MatchOnPaper(PaperShape):
    """How pairs to match are printed: with boxes for letters."""

    shape = Match

    def hint(self, question: QuestionView) -> str:
        """Return the hint to write letters into the boxes."""
        return _("Write the letter that fits.").translated(question.language)

    def make_elements(self, question: QuestionView) -> list[LayoutElement]:
        """List the box, letters, prompts and choices."""
        widths = _column_widths(question)

        def body(kind: str, text: str) -> LayoutElement:
            return LayoutElement(
                (kind, question.id, text),
                {"text": text, "language": question.answer_language},
                lambda measures: {"width": widths.column_width(kind, measures)},
            )

        return [
            LayoutElement(("slot",), {}),
            *(make_text_element("letter", choice.letter) for choice in question.options),
            *(body("prompt", prompt.text) for prompt in question.prompts),
            *(body("choice", choice.text) for choice in question.options),
        ]

    def compose_below_stem(
        self, question: QuestionView, blocks: Blocks, measures: Measures, space: Spacing
    ) -> Strip:
        """Place prompts and choices in two columns."""
        left = round(measures.slot, 2)
        right = round(measures.text - _column_widths(question).column_width("choice", measures), 2)
        placed = []
        y = bottom = 0.0
        slot = blocks["slot",].height
        for index, text in enumerate(prompt.text for prompt in question.prompts):
            prompt = blocks["prompt", question.id, text].height
            row_height = max(slot, prompt)
            placed += [
                PlacedBlock(("slot",), 0, round(y + (row_height - slot) / 2, 2), option=index),
                PlacedBlock(("prompt", question.id, text), left, round(y + (row_height - prompt) / 2, 2)),
            ]
            bottom = y + row_height
            y = bottom + space.box
        choices: list[ElementId] = [("choice", question.id, choice.text) for choice in question.options]
        even_gap = (bottom - sum(blocks[choice].height for choice in choices)) / len(choices)
        gap = max(even_gap, 2 * space.row)
        y = even_gap / 2 if even_gap == gap else 0.0
        for option, choice in zip(question.options, choices, strict=True):
            placed += [
                PlacedBlock(("letter", option.letter), round(right - measures.letter, 2), round(y, 2)),
                PlacedBlock(choice, right, round(y, 2)),
            ]
            y += blocks[choice].height
            bottom = max(bottom, y)
            y += gap
        return Strip(round(bottom, 2), tuple(placed))

    def correct_option_lines(self, question: QuestionView) -> list[tuple[str, str]]:
        """List the correct pairs."""
        return [(pair.option.letter, format_pair(pair)) for pair in question.pairs]

    def answer_sheet_rows(self, question: QuestionView) -> list[AnswerRow]:
        """Return a row for each box, with a circle for each letter."""
        letters = tuple(self.possible_symbols(question))
        return [AnswerRow(letters, index) for index in range(len(question.prompts))]

    def correct_answer_symbols(self, question: QuestionView) -> str:
        """Return the letter of each box."""
        return "".join(pair.option.letter for pair in question.pairs)


def _column_widths(question: QuestionView) -> ColumnWidths:
    prompts, choices = (
        tuple(sorted(part.text for part in parts)) for parts in (question.prompts, question.options)
    )
    return ColumnWidths.for_texts(prompts, choices, question.language)


PAPER = MatchOnPaper()
