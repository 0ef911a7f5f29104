"""Which type size and which spacing let questions, or answers, fill their pages well.

Setting type takes time, so the size is chosen by an estimate of how much room the text takes, and the
next smaller one is taken while what was set turns out too tall.
"""

from collections.abc import Sequence
from math import ceil
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.errors import MisuseError, QuizgenError, problem
from quizgen.model import Question
from quizgen.paper.content import Part
from quizgen.paper.design import TYPE_SIZES, Design, Measures, Page, measures, spacing
from quizgen.paper.strips import Strip, page_count
from quizgen.paper.typesetter import Block, Blocks, Piece, Setting, Typesetter
from quizgen.paper.widths import ems

_SPARE = 0.01
"""Where each paper draws its own questions, so small a share of the papers may take a page more."""

_HOPE = 0.97
"""How much less than guessed a single paper may turn out to take in another size: worth trying."""

_MOST_OF_A_PAGE = 0.75
"""What a head may take of one. Large type on A5 with an organiser, a date and a link takes nearly that."""

Papers: TypeAlias = Sequence[Sequence[Question]]
"""Papers to go by, each the questions in it: one, or where each draws its own, a sample of them."""


class Fitted(Struct, frozen=True):
    """A part set in type of one size, and the room, in points, that its pages have."""

    part: Part
    setting: Setting
    measures: Measures
    room: float

    @property
    def size(self) -> float:
        """Size of the type, in points."""
        return self.measures.size

    def strip(self, question: Question, looseness: float) -> Strip:
        """Compose one question or answer."""
        return self.part.strip(question, self.setting.blocks, self.measures, spacing(self.size, looseness))

    def gap(self, looseness: float) -> float:
        """Space between strips, in points."""
        return round(spacing(self.size, looseness).question * self.part.gap, 2)


def fit(
    part: Part, pool: Sequence[Question], papers: Papers, design: Design, page: Page, typesetter: Typesetter
) -> Fitted:
    """Set a part in the largest type that takes no more pages than the smallest would.

    ``pool`` are all the questions that papers hold. What may close the part is left out if it would take a
    page more. Raises QuizgenError for what is taller than a page.
    """
    fitted, pages = _fit(part, pool, papers, design, page, typesetter)
    if part.closing and part.closes_if_room and pages > len(papers):
        open_ended, fewer = _fit(replace(part, closing=()), pool, papers, design, page, typesetter)
        if fewer < pages:
            return open_ended
    return fitted


def _fit(
    part: Part, pool: Sequence[Question], papers: Papers, design: Design, page: Page, typesetter: Typesetter
) -> tuple[Fitted, int]:
    """Set a part, and tell how many pages all papers take together.

    Heights are guessed in every size; what was set corrects the guesses of what was not, until the size that
    promises best is one that was set.
    """
    sizes = TYPE_SIZES[design.text_size]
    spare = int(_SPARE * len(papers))

    def stacks_in(size: float, blocks: Blocks) -> list[list[float]]:
        return _stacks(part, blocks, pool, papers, page, size)

    def pages_in(size: float, blocks: Blocks, stacks: list[list[float]]) -> int:
        room, gap = page.room(blocks["footer",].height), spacing(size, 0).question * part.gap
        return sum(page_count(stack, room, gap) for stack in stacks)

    guessed_blocks = {}
    for size in sizes:
        wide = measures(page, size, part.letters, part.language)
        guessed_blocks[size] = {piece.id: _estimate(piece, wide) for piece in part.pieces}
    guesses = {size: stacks_in(size, guessed_blocks[size]) for size in sizes}
    pages = {size: pages_in(size, guessed_blocks[size], guesses[size]) for size in sizes}
    fitted: dict[float, Fitted] = {}
    while True:
        fewest = min(pages.values()) + spare
        best = next(size for size in sizes if pages[size] <= fewest)
        if best in fitted:
            return fitted[best], pages[best]
        wide = measures(page, best, part.letters, part.language)
        setting = typesetter.set(part.pieces, wide)
        fitted[best] = Fitted(part, setting, wide, page.room(setting.blocks["footer",].height))
        _refuse_tall(fitted[best], pool)
        real = stacks_in(best, setting.blocks)
        pages[best] = pages_in(best, setting.blocks, real)
        hope = _HOPE if len(papers) == 1 else 1
        for size in sizes:
            if size not in fitted:
                corrected = [
                    [
                        height * by / guess * hope
                        for height, by, guess in zip(heights, set_, before, strict=True)
                    ]
                    for heights, set_, before in zip(guesses[size], real, guesses[best], strict=True)
                ]
                pages[size] = pages_in(size, setting.blocks, corrected)


def _stacks(
    part: Part, blocks: Blocks, pool: Sequence[Question], papers: Papers, page: Page, size: float
) -> list[list[float]]:
    """Heights of all that stands below each other, at its tightest, paper by paper."""
    wide, space = measures(page, size, part.letters, part.language), spacing(size, 0)
    heights = {question.id: part.strip(question, blocks, wide, space).height for question in pool}
    closing = [blocks[piece].height for piece in part.closing]
    return [
        [blocks[part.head].height, *(heights[question.id] for question in paper), *closing]
        for paper in papers
    ]


def _refuse_tall(fitted: Fitted, pool: Sequence[Question]) -> None:
    if fitted.setting.blocks[fitted.part.head].height > _MOST_OF_A_PAGE * fitted.room:
        raise MisuseError(problem("print.no-room-for-questions", "print.shorten-head"))
    tall = [question.id for question in pool if fitted.strip(question, 0).height > fitted.room]
    if tall:
        raise QuizgenError(problem("print.tall", "print.shorten-question", question=owner) for owner in tall)


def _estimate(piece: Piece, wide: Measures) -> Block:
    """Guess the size of a piece from the lengths of its texts."""
    values, size = piece.values, wide.size
    match piece.id[0]:
        case "header":
            return Block(wide.column, (8.4 + (4 if values["logo"] or values["qr"] else 0)) * size)
        case "answers" | "reasons":
            return Block(wide.column, 3.8 * size)
        case "footer":
            lines = ceil(ems("Facts: " + values["sources"]) * wide.small / wide.footer)
            return Block(wide.footer, max(2, lines) * 1.3 * wide.small)
        case "help":
            return Block(wide.column, (1.2 * (1 + len(values["numbers"])) + 0.8) * size)
    texts, width, frame = _texts(piece, wide)
    lengths = [ems(text) * size for text in texts]
    lines = sum(ceil(length / width) or 1 for length in lengths)
    leading = wide.answer_leading if piece.id[0] in ("answer", "reason") else wide.leading
    return Block(min(max(lengths), width), (lines * leading + frame) * size)


def _texts(piece: Piece, wide: Measures) -> tuple[Sequence[str], float, float]:
    """Give the texts of a piece, the width of their lines, in points, and the height of what frames them, in ems."""
    values = piece.values
    texts, width, frame = [values.get("text", "")], wide.column, 0.0
    match piece.id[0]:
        case "stem":
            texts, width = ["__________".join(values["parts"]) + " " + values["hint"]], wide.text
        case "asked":
            texts, width = values["sentences"], wide.aside
        case "exhibit":
            lines = [f"{line['who']}    {line['text']}" for line in values["lines"]]
            texts = [f"{values['label']} {values['sender']}", *lines]
            width, frame = wide.exhibit - 2 * wide.size, 0.5
        case "answer" | "reason" as kind:
            texts = [f"{values['key']} {values['rationale']} {values['cited']}"]
            texts += [f"{sign.words} {sign.reason}" for sign in values["signs"]]
            if values["advice"]:
                texts.append("What to do: " + values["advice"])
            if kind == "reason":
                texts.append(values["about"])
            width = wide.answer
        case "sources":
            texts, width = ["".join(values["notes"]) + "x" * 60], wide.column / 0.84
        case "option" | "prompt" | "choice" as kind:
            width = getattr(wide, kind)
    return texts, width, frame
