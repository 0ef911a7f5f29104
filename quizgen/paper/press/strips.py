"""Place blocks in strips, and strips on pages. Pure geometry, in points.

A block is a typeset layout element. A strip is blocks that stay together. Strips fill pages. All positions are
multiples of a hundredth of a point, so that equal distances are always the same number.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from msgspec import Struct

from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press.elements import Blocks, ElementId


class PlacedBlock(Struct, frozen=True):
    """A block at a position. ``option`` is the index in printed order of the option that its box belongs to, or -1."""

    element_id: ElementId
    x: float
    y: float
    option: int = -1


class Strip(Struct, frozen=True):
    """Blocks that stay together on a page, such as a question, with positions relative to the top left of the strip."""

    height: float
    placed: tuple[PlacedBlock, ...]


def make_block_strip(element_id: ElementId, blocks: Blocks) -> Strip:
    """Return a strip that consists of a single block."""
    return Strip(blocks[element_id].height, (PlacedBlock(element_id, 0, 0),))


def compose_option_grid(
    label_ids: Sequence[ElementId],
    option_ids: Sequence[ElementId],
    indent: float,
    blocks: Blocks,
    measures: Measures,
    space: Spacing,
    column_counts: Sequence[int] = (4, 3),
) -> Strip:
    """Place options in as many columns as have room, each after its box or letter.

    ``column_counts`` lists the numbers of columns to try, the largest first. One is used if it makes fewer rows than
    one column less; otherwise there are 2 columns or 1. ``indent`` is the width of a box or letter. ``x`` is relative
    to the left edge of the stem. The size of the grid does not depend on the order of the options.
    """
    widths = [blocks[body].width + indent for body in option_ids]
    count, gap, room = len(option_ids), 0.9 * measures.size, measures.text
    longest = sorted(widths, reverse=True)
    if sum(widths) + (count - 1) * gap <= room and len({blocks[body].height for body in option_ids}) == 1:
        # One row, each option as wide as it is; if there is room, all as wide as the widest.
        equal = min(longest[0] + gap, (room + gap) / count)
        steps = [equal if equal >= longest[0] + gap else width + gap for width in widths]
        edges = [round(sum(steps[:column]), 2) for column in range(count)]
    else:
        columns = next(
            (
                many
                for many in column_counts
                if longest[0] + gap <= (room + gap) / many and -(-count // many) < -(-count // (many - 1))
            ),
            2 if sum(longest[:2]) + gap <= room else 1,
        )
        step = (room + gap) / columns
        if columns > 1 and longest[0] + gap > step:  # two columns of different widths
            step = max(widths[::2]) + gap
        edges = [round(step * column, 2) for column in range(columns)]
    is_slot = label_ids[0][0] == "slot"
    tall = [
        max(blocks[mark].height, blocks[body].height)
        for mark, body in zip(label_ids, option_ids, strict=True)
    ]
    box = measures.slot_height if is_slot else measures.tick
    between = max(space.row, box + space.box - min(tall))
    placed: list[PlacedBlock] = []
    y = 0.0
    for start in range(0, count, len(edges)):
        end = min(start + len(edges), count)
        height = max(tall[start:end])
        for index, x in zip(range(start, end), edges, strict=False):
            # A box to write in is taller than a line, so the line is centred beside it.
            down, lower = (
                (height - blocks[element_id].height) / 2 if is_slot else 0
                for element_id in (label_ids[index], option_ids[index])
            )
            placed += [
                PlacedBlock(label_ids[index], x, round(y + down, 2), option=index),
                PlacedBlock(option_ids[index], round(x + indent, 2), round(y + lower, 2)),
            ]
        y += height + between
    return Strip(round(y - between, 2), tuple(placed))


class StripPosition(NamedTuple):
    """The position of a strip: its page and column, from 0, and its distance from the top of the content area."""

    page: int
    column: int
    y: float


def place_strips(
    heights: Sequence[float], room: float, gap: float, *, columns: int = 1, closing_strips: int = 0
) -> list[StripPosition]:
    """Place strips in columns and on pages, from the top.

    The first strip (the head) and the last ``closing_strips`` strips span all columns. Strips are ``gap`` apart, but the head
    includes its own space. Strips are not split; none may be taller than ``room``. On the last page, columns have
    about equal heights.
    """
    positions = [StripPosition(0, 0, 0.0)]
    page, top, start = 0, heights[0], 1
    end = len(heights) - closing_strips
    tail = sum(heights[end:]) + (closing_strips - 1) * gap
    while start < end:
        stop = end
        split, tallest = _split_into_columns(heights[start:end], gap, columns)
        if (
            top + tallest <= room + _TOLERANCE
            and closing_strips
            and top + tallest + gap + tail > room + _TOLERANCE
        ):
            # What closes takes some of the last strips along, since it would be alone overleaf, if they have room there.
            _, taken = _split_into_columns(heights[end - columns : end], gap, columns)
            stop = end - columns if end - start > columns and taken + gap + tail <= room + _TOLERANCE else end
            split, tallest = _split_into_columns(heights[start:stop], gap, columns)
        if top + tallest <= room + _TOLERANCE:
            positions += _place_in_column(heights[start : start + split], page, 0, top, gap)
            positions += _place_in_column(heights[start + split : stop], page, 1, top, gap)
            start = stop
            top += tallest + gap
        else:
            for column in range(columns):
                y = top
                while start < end and (y + heights[start] <= room + _TOLERANCE or (y == 0 and column == 0)):
                    positions.append(StripPosition(page, column, round(y, 2)))
                    y += heights[start] + gap
                    start += 1
        if start < end:
            page, top = page + 1, 0.0
    for index, height in enumerate(heights[end:], start=end):
        if top + height > room + _TOLERANCE:
            page, top = page + 1, 0.0
            above = heights[index - 1]
            if (
                end < index == len(heights) - 1
                and positions[-1].y
                and above + gap + height <= room + _TOLERANCE
            ):
                # The last closing piece, the sources, is not alone on a page if that can be avoided.
                positions[-1] = StripPosition(page, 0, 0.0)
                top = above + gap
        positions.append(StripPosition(page, 0, round(top, 2)))
        top += height + gap
    return positions


def place_strips_evenly(
    heights: Sequence[float], room: float, gap: float, *, columns: int = 1, closing_strips: int = 0
) -> list[StripPosition]:
    """Place strips on as few pages as ``place_strips`` does, but fill pages equally if one would be nearly empty."""
    best = place_strips(heights, room, gap, columns=columns, closing_strips=closing_strips)
    least = _least_filled_height(best, heights)
    if best[-1].page and least < _NEARLY_EMPTY * room:
        for share in _FILL_SHARES:
            positions = place_strips(
                heights, share * room, gap, columns=columns, closing_strips=closing_strips
            )
            if positions[-1].page > best[-1].page:
                break
            if (fuller := _least_filled_height(positions, heights)) > least:
                best, least = positions, fuller
    return best


_NEARLY_EMPTY = 0.6
"""If a smaller share of a page is filled, ``place_strips_evenly`` tries to fill all pages equally."""

_FILL_SHARES = tuple(share / 20 for share in range(19, 9, -1))
"""The shares of a page to try, the largest first."""


def _least_filled_height(positions: Sequence[StripPosition], heights: Sequence[float]) -> float:
    """Return the filled height of the page that is filled least."""
    filled = [0.0] * (positions[-1].page + 1)
    for (page, _, y), height in zip(positions, heights, strict=True):
        filled[page] = max(filled[page], y + height)
    return min(filled)


_TOLERANCE = 0.01
"""The allowed overflow in points, because sums of hundredths are not exact."""


def _split_into_columns(heights: Sequence[float], gap: float, columns: int) -> tuple[int, float]:
    """Split strips into one or two columns, so that the taller column is as short as possible.

    Return the number of strips in the first column, and the height of the taller one.
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


def _place_in_column(
    heights: Sequence[float], page: int, column: int, top: float, gap: float
) -> Iterator[StripPosition]:
    for height in heights:
        yield StripPosition(page, column, round(top, 2))
        top += height + gap
