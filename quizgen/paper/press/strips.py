"""Blocks -> strips -> pages: where each block stands. Pure geometry, in points.

A block is a piece as set; blocks that stay together are a strip; strips fill pages. Everything stands on a grid
of hundredths of a point, so that the same distance is always the same number.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from msgspec import Struct

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press.pieces import Blocks, PieceId


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
    space: Spacing,
    full: Sequence[int] = (4, 3),
) -> Strip:
    """Set options in as many columns as leaves room for them, each behind its mark; x counts from the stem's left edge.

    There are as many columns as ``full`` offers, the most first, if all rows get full or there are fewer rows for it;
    else 2, or 1. ``indent`` is the width that marks take. However options are ordered, they take as much room.
    """
    widths = [blocks[body].width + indent for body in bodies]
    count, gap, room = len(bodies), 0.9 * measures.size, measures.text
    longest = sorted(widths, reverse=True)
    if sum(widths) + (count - 1) * gap <= room and len({blocks[body].height for body in bodies}) == 1:
        # In one row, each as wide as it is; where that leaves room, all are as wide as the widest.
        equal = min(longest[0] + gap, (room + gap) / count)
        steps = [equal if equal >= longest[0] + gap else width + gap for width in widths]
        edges = [round(sum(steps[:column]), 2) for column in range(count)]
    else:
        columns = next(
            (
                many
                for many in full
                if longest[0] + gap <= (room + gap) / many and -(-count // many) < -(-count // (many - 1))
            ),
            2 if sum(longest[:2]) + gap <= room else 1,
        )
        step = (room + gap) / columns
        if columns > 1 and longest[0] + gap > step:  # two columns, of which one is the wider
            step = max(widths[::2]) + gap
        edges = [round(step * column, 2) for column in range(columns)]
    is_slot = marks[0][0] == "slot"
    tall = [max(blocks[mark].height, blocks[body].height) for mark, body in zip(marks, bodies, strict=True)]
    box = measures.slot_height if is_slot else measures.tick
    between = max(space.row, box + space.box - min(tall))
    placed: list[Placed] = []
    y = 0.0
    for start in range(0, count, len(edges)):
        end = min(start + len(edges), count)
        height = max(tall[start:end])
        for index, x in zip(range(start, end), edges, strict=False):
            # A box to write in is taller than a line, which then stands at its middle.
            down, lower = (
                (height - blocks[piece].height) / 2 if is_slot else 0
                for piece in (marks[index], bodies[index])
            )
            placed += [
                Placed(marks[index], x, round(y + down, 2), option=index),
                Placed(bodies[index], round(x + indent, 2), round(y + lower, 2)),
            ]
        y += height + between
    return Strip(round(y - between, 2), tuple(placed))


class Spot(NamedTuple):
    """Where a strip stands: its page and column, from 0, and its distance from the type area's top."""

    page: int
    column: int
    y: float


def flow(
    heights: Sequence[float], room: float, gap: float, *, columns: int = 1, closing: int = 0
) -> list[Spot]:
    """Fill columns, and pages, from the top.

    The first strip, the head, and the last ``closing`` ones are as wide as all columns. Strips stand ``gap`` apart,
    but the head has its white in itself. None is split: one that is taller than ``room`` overhangs its page, which
    callers rule out. On the last page columns are about as long as each other.
    """
    spots = [Spot(0, 0, 0.0)]
    page, top, start = 0, heights[0], 1
    end = len(heights) - closing
    tail = sum(heights[end:]) + (closing - 1) * gap
    while start < end:
        stop = end
        split, tallest = _split(heights[start:end], gap, columns)
        if top + tallest <= room + _NEARLY and closing and top + tallest + gap + tail > room + _NEARLY:
            # What closes takes some of the last strips along, since it would be alone overleaf, if they have room there.
            _, taken = _split(heights[end - columns : end], gap, columns)
            stop = end - columns if end - start > columns and taken + gap + tail <= room + _NEARLY else end
            split, tallest = _split(heights[start:stop], gap, columns)
        if top + tallest <= room + _NEARLY:
            spots += _column(heights[start : start + split], page, 0, top, gap)
            spots += _column(heights[start + split : stop], page, 1, top, gap)
            start = stop
            top += tallest + gap
        else:
            for column in range(columns):
                y = top
                while start < end and (y + heights[start] <= room + _NEARLY or (y == 0 and column == 0)):
                    spots.append(Spot(page, column, round(y, 2)))
                    y += heights[start] + gap
                    start += 1
        if start < end:
            page, top = page + 1, 0.0
    for index, height in enumerate(heights[end:], start=end):
        if top + height > room + _NEARLY:
            page, top = page + 1, 0.0
            above = heights[index - 1]
            if end < index == len(heights) - 1 and spots[-1].y and above + gap + height <= room + _NEARLY:
                # What closes last, which are the sources, is not alone on a page where it need not be.
                spots[-1] = Spot(page, 0, 0.0)
                top = above + gap
        spots.append(Spot(page, 0, round(top, 2)))
        top += height + gap
    return spots


def evened(
    heights: Sequence[float], room: float, gap: float, *, columns: int = 1, closing: int = 0
) -> list[Spot]:
    """Fill as many pages as ``flow`` does, where it leaves one nearly empty about as much as each other."""
    best = flow(heights, room, gap, columns=columns, closing=closing)
    least = _emptiest(best, heights)
    if best[-1].page and least < _NEARLY_EMPTY * room:
        for share in _SHARES:
            spots = flow(heights, share * room, gap, columns=columns, closing=closing)
            if spots[-1].page > best[-1].page:
                break
            if (fuller := _emptiest(spots, heights)) > least:
                best, least = spots, fuller
    return best


_NEARLY_EMPTY = 0.6
"""Of a page so much is filled, or its paper is worth another try."""

_SHARES = tuple(share / 20 for share in range(19, 9, -1))
"""How much of each page is then filled, the most first."""


def _emptiest(spots: Sequence[Spot], heights: Sequence[float]) -> float:
    """Tell how far down the page is filled that is filled the least."""
    filled = [0.0] * (spots[-1].page + 1)
    for (page, _, y), height in zip(spots, heights, strict=True):
        filled[page] = max(filled[page], y + height)
    return min(filled)


_NEARLY = 0.01
"""How much, in points, may be over: sums of hundredths are not exact."""


def _split(heights: Sequence[float], gap: float, columns: int) -> tuple[int, float]:
    """Divide strips into columns, at most two, of which the taller is as short as can be.

    Tells how many stand in the first, and how tall the taller is.
    """
    whole = sum(heights) + gap * len(heights)
    if columns == 1 or not heights:
        return len(heights), max(0.0, whole - gap)
    best, split, first = inf, 0, 0.0
    for number, height in enumerate(heights, start=1):
        first += height + gap
        if (taller := max(first, whole - first)) >= best:
            break
        best, split = taller, number
    return split, best - gap


def _column(heights: Sequence[float], page: int, column: int, top: float, gap: float) -> Iterator[Spot]:
    for height in heights:
        yield Spot(page, column, round(top, 2))
        top += height + gap
