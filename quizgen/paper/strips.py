"""Blocks -> strips -> pages: where each block stands. Pure geometry, in points.

A block is a piece as set; blocks that stay together are a strip; strips fill pages. Everything stands on a grid
of hundredths of a point, so that the same distance is always the same number.
"""

from collections.abc import Sequence

from msgspec import Struct

from quizgen.paper.design import Measures, Page
from quizgen.paper.typesetter import Blocks, PieceId


class Placed(Struct, frozen=True):
    """A block in its place; ``option`` is the printed index that a box in it stands for, or -1."""

    piece: PieceId
    x: float
    y: float
    option: int = -1


class Strip(Struct, frozen=True):
    """Blocks that stay together on a page: a head, a question, an answer. Places count from its own top left."""

    height: float
    placed: tuple[Placed, ...]


def block_strip(piece: PieceId, blocks: Blocks) -> Strip:
    """Make a strip of a single block."""
    return Strip(blocks[piece].height, (Placed(piece, 0, 0),))


def grid(
    marks: Sequence[PieceId],
    bodies: Sequence[PieceId],
    indent: float,
    blocks: Blocks,
    measures: Measures,
    full: Sequence[int] = (4, 2),
) -> list[list[Placed]]:
    """Set options in as many columns as the widest of them leaves room for, each behind its mark.

    There are as many columns as ``full`` offers, the most first, if all rows get full; else 2, or 1. ``indent`` is
    the width that marks take; x counts from the stem's left edge.
    """
    widest = max(blocks[body].width for body in bodies) + indent
    room = measures.text
    columns = next(
        (many for many in full if widest + 0.4 * indent <= room / many and len(bodies) % many == 0), 0
    )
    if not columns:
        columns = 2 if widest + 0.4 * indent <= room / 2 else 1
    step = room / columns
    rows: list[list[Placed]] = []
    for index, (mark, body) in enumerate(zip(marks, bodies, strict=True)):
        if index % columns == 0:
            rows.append([])
        x = index % columns * step
        rows[-1] += [Placed(mark, x, 0, option=index), Placed(body, x + indent, 0)]
    return rows


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
    keys: list[PieceId] = [("running", text) for text in fragments]
    height = max(blocks[key].height for key in (("footer",), *keys))
    x = page.column - sum(blocks[key].width for key in keys)
    placed = [Placed(("footer",), 0, round(height - blocks["footer",].height, 2))]
    for key in keys:
        placed.append(Placed(key, round(x, 2), round(height - blocks[key].height, 2)))
        x += blocks[key].width
    return Strip(height, tuple(placed))
