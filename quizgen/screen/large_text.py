"""Text in large letters, drawn with the font of this module in half blocks, for people who see a screen from afar.

A pixel of a letter is half a cell, which is about square. So one font serves every language, in any size.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from rich.cells import cell_len

from quizgen.files import shipped_folder
from quizgen.text.breaking import split_at_breaks

SIZES = (48, 40, 32, 28, 24, 20, 18, 16, 14, 12)
"""The sizes of letters, in half cells."""

_MIN_CHINESE = 14
"""The smallest size in which Chinese characters are legible."""

_MIN_DARKNESS = 110
"""How much of a pixel a letter must cover to be drawn there, from 0 to 255."""

_TALLEST = "国Ag"
"""Characters that reach as high, and as low, as any."""

_BLOCKS = " ▀▄█"
"""Blocks for a cell, by the halves that are drawn: none, the upper one, the lower one, both."""


def draw_largest_text(text: str, width: int, height: int, sizes: Sequence[int] = SIZES) -> list[str]:
    """Return the rows of a text in the largest letters in which it fits; none if it fits in no size, or has no letters."""
    low_enough = (size for size in sizes if _count_rows(text, width, size) <= height)  # drawing takes longest
    drawn = (draw_large_text(text, width, size) for size in low_enough)
    return next((rows for rows in drawn if rows and max(map(len, rows)) <= width), [])


@cache
def draw_large_text(text: str, width: int, size: int) -> list[str]:
    """Return the rows of a text in letters of a size; none if the font of large letters lacks one of its characters, or they are too small.

    Its lines are about equally long. A line is wider than ``width`` cells only if one word is.
    """
    return [row for line in _break_evenly(text, width, size) for row in ("", *_draw_line(line, size))][1:]


def _count_rows(text: str, width: int, size: int) -> int:
    """Return how many rows a text has in letters of a size."""
    return len(_break_evenly(text, width, size)) * (_find_reach(size)[1] + 1) - 1


def has_large_letters(text: str, size: int) -> bool:
    """Return whether a text can be drawn in letters of a size: the font of large letters has its characters, and they are legible."""
    is_legible = size >= _MIN_CHINESE or cell_len(text) == len(text)
    return is_legible and bool(text.strip()) and set(text) <= _characters()


@cache
def _break_evenly(text: str, width: int, size: int) -> list[str]:
    """Break a text into lines that are about equally long; none if it cannot be drawn in letters of this size."""
    if not has_large_letters(text, size):
        return []
    parts, measure = split_at_breaks(text), _load_font(size).getlength
    lines = _break_lines(parts, width, measure)
    count, narrower = len(lines), width
    while count > 1 and narrower > size:  # so that the last line is not much shorter than the others
        narrower -= size // 2
        closer = _break_lines(parts, narrower, measure)
        if len(closer) > count or max(map(measure, closer)) > narrower:
            break
        lines = closer
    return lines


def _break_lines(parts: Sequence[str], width: int, measure: Callable[[str], float]) -> list[str]:
    """Put parts of a text, which are never broken, into lines."""
    lines: list[str] = []
    for part in parts:
        if lines and measure((lines[-1] + part).rstrip()) <= width:
            lines[-1] += part
        else:
            lines.append(part)
    return [line.rstrip() for line in lines]


def _draw_line(line: str, size: int) -> list[str]:
    """Draw a line of text, with two pixels in a cell."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  only large letters need it

    font = _load_font(size)
    top, rows = _find_reach(size)
    width, height = int(font.getlength(line)) + 1, 2 * rows
    image = Image.new("L", (width, height))
    ImageDraw.Draw(image).text((0, -top), line, 255, font=font)
    pixels = [value >= _MIN_DARKNESS for value in image.tobytes()]
    drawn = [pixels[start : start + width] for start in range(0, width * height, width)]
    return [
        "".join(_BLOCKS[above + 2 * below] for above, below in zip(upper, lower, strict=True)).rstrip()
        for upper, lower in zip(drawn[::2], drawn[1::2], strict=True)
    ]


@cache
def _find_reach(size: int) -> tuple[int, int]:
    """Return how far below the top of its line a letter can begin, in pixels, and how many rows of cells a line takes."""
    _left, top, _right, bottom = _load_font(size).getbbox(_TALLEST)
    return top, (bottom - top + 1) // 2


@cache
def _load_font(size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415  only large letters need it

    path = shipped_folder("templates") / "fonts" / "QuizgenSans-Bold.otf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _characters() -> frozenset[str]:
    """Return the characters that the font of large letters has."""
    text = (shipped_folder("templates") / "fonts" / "coverage.txt").read_text(encoding="utf-8")
    return frozenset(text) - {"\n"}
