"""Blocks + question -> strips, and strips -> pages: where each block stands. Pure geometry, in points.

Everything stands on a grid of hundredths of a point, so that the same distance is always the same number.
"""

from collections.abc import Sequence
from typing import assert_never

from msgspec import Struct

from quizgen.language import localize
from quizgen.model import Question
from quizgen.paper.design import Page, Spacing, Widths
from quizgen.paper.layout import Blocks
from quizgen.paper.pieces import Key, letter, mark_of, tick_text
from quizgen.shapes import Choose, Fill, Match, Order


class Placed(Struct, frozen=True):
    """A block in its place; ``option`` is the printed index that a box in it stands for, or -1."""

    key: Key
    x: float
    y: float
    option: int = -1


class Strip(Struct, frozen=True):
    """Blocks that stay together on a page: a head, a question, an answer. Places count from its own top left.

    ``owner`` is the id of the question that it belongs to, if any.
    """

    height: float
    placed: tuple[Placed, ...]
    owner: str = ""


def question_strip(question: Question, language: str, blocks: Blocks, wide: Widths, space: Spacing) -> Strip:
    """Compose one question: the stem, and below it the rows of options, pairs or steps; room for its number at the left."""
    stem: Key = ("stem", question.id)
    placed = [Placed(stem, wide.number, 0)]
    y = blocks[stem].height
    gap = space.stem
    for cells in _rows(question, language, blocks, wide):
        y += gap
        placed += [
            Placed(cell.key, round(wide.number + cell.x, 2), round(y, 2), cell.option) for cell in cells
        ]
        y += _row_height(question, cells, language, blocks)
        gap = space.row
    return Strip(round(y, 2), tuple(placed), question.id)


def _row_height(question: Question, cells: Sequence[Placed], language: str, blocks: Blocks) -> float:
    answer = question.answer
    if isinstance(answer, Match):
        # One height for all rows, so that a question is as tall in every version.
        texts = [("prompt", text) for text in answer.prompts] + [("choice", text) for text in answer.choices]
        return max(blocks[kind, question.id, localize(text, language)].height for kind, text in texts)
    return max(blocks[cell.key].height for cell in cells)


def _rows(question: Question, language: str, blocks: Blocks, wide: Widths) -> list[list[Placed]]:
    """Lay out a question's boxes and options in rows; x counts from the stem's left edge."""
    answer = question.answer
    match answer:
        case Choose(options=options, style=style):
            marks: list[Key] = [("tick", tick_text(index, style)) for index in range(len(options))]
            bodies: list[Key] = [("option", question.id, localize(text, language)) for text in options]
            return _grid(marks, bodies, wide.box if style == "truth" else wide.marker, blocks, wide)
        case Order(steps=steps):
            bodies = [("option", question.id, localize(text, language)) for text in steps]
            return _grid([("slot",)] * len(steps), bodies, wide.slot, blocks, wide)
        case Match(prompts=prompts, choices=choices):
            right = wide.text - wide.choice
            rows: list[list[Placed]] = [[] for _ in range(max(len(prompts), len(choices)))]
            for index, text in enumerate(prompts):
                rows[index] += [
                    Placed(("slot",), 0, 0, option=index),
                    Placed(("prompt", question.id, localize(text, language)), wide.slot, 0),
                ]
            for index, text in enumerate(choices):
                name = letter(index)
                rows[index] += [
                    Placed(("letter", name), right - blocks["letter", name].width - 0.25 * wide.slot, 0),
                    Placed(("choice", question.id, localize(text, language)), right, 0),
                ]
            return rows
        case Fill():
            return []
        case _:
            assert_never(answer)


def _grid(
    marks: Sequence[Key], bodies: Sequence[Key], indent: float, blocks: Blocks, wide: Widths
) -> list[list[Placed]]:
    """Set options in as many columns (4, 2 or 1) as the widest of them leaves room for."""
    widest = max(blocks[body].width for body in bodies) + indent
    columns = next(
        (many for many in (4, 2) if widest + 0.4 * indent <= wide.text / many and len(bodies) % many == 0), 0
    )
    if not columns:
        columns = 2 if widest + 0.4 * indent <= wide.text / 2 else 1
    step = wide.text / columns
    rows: list[list[Placed]] = []
    for index, (mark, body) in enumerate(zip(marks, bodies, strict=True)):
        if index % columns == 0:
            rows.append([])
        x = index % columns * step
        rows[-1] += [Placed(mark, x, 0, option=index), Placed(body, x + indent, 0)]
    return rows


def answer_strip(question: Question, blocks: Blocks, wide: Widths) -> Strip:
    """Compose one answer: the letters of this version, and what does not differ between versions."""
    body: Key = ("answer", question.id)
    placed = []
    x = wide.number
    for character in mark_of(question):
        mark: Key = ("mark", character)
        placed.append(Placed(mark, x, 0))
        x = round(x + blocks[mark].width + 0.08 * wide.number, 2)
    placed.append(Placed(body, wide.number + wide.mark, 0))
    return Strip(blocks[body].height, tuple(placed), question.id)


def block_strip(key: Key, blocks: Blocks) -> Strip:
    """Make a strip of a single block."""
    return Strip(blocks[key].height, (Placed(key, 0, 0),))


def breaks(heights: Sequence[float], room: float, gap: float) -> list[tuple[int, float]]:
    """Fill pages from the top: for each strip, its page, from 0, and its distance from the type area's top.

    Strips stand ``gap`` apart, but the first, the head, has its white in itself. None is split: one
    that is taller than ``room`` overhangs its page, which callers rule out.
    """
    places = [(0, 0.0)]
    page, y = 0, heights[0]
    for height in heights[1:]:
        if y + height > room + 0.01:
            page, y = page + 1, 0.0
        places.append((page, y))
        y += height + gap
    return places


def page_count(heights: Sequence[float], room: float, gap: float) -> int:
    """How many pages strips of these heights fill."""
    return breaks(heights, room, gap)[-1][0] + 1


def foot(page: Page, blocks: Blocks, fragments: Sequence[str]) -> Strip:
    """Compose a page's foot from its top left: the credit at the left, and what runs on at the right."""
    keys: list[Key] = [("running", text) for text in fragments]
    height = max(blocks[key].height for key in (("footer",), *keys))
    x = page.column - sum(blocks[key].width for key in keys)
    placed = [Placed(("footer",), 0, round(height - blocks["footer",].height, 2))]
    for key in keys:
        placed.append(Placed(key, round(x, 2), round(height - blocks[key].height, 2)))
        x += blocks[key].width
    return Strip(height, tuple(placed))
