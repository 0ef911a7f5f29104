"""Compute the widths of texts in quizgen's own font, and break short texts into lines by these widths.

WeasyPrint fills one line after another, so the last line may be a single short word. Lines broken here avoid that.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any

from markupsafe import Markup

from quizgen.files import shipped_folder
from quizgen.text.autospace import autospace_width
from quizgen.text.breaking import (
    PartMeasure,
    Width,
    balance_lines,
    count_lines,
    measure_parts,
    split_at_breaks,
)
from quizgen.text.messages import _
from quizgen.view.text import shorten_link

_EM = 1000  # units of the fonts
_SAFE_SHARE = 0.995
"""The share of a line to fill, because kerning and rounding are unknown here."""


_pieces = partial(split_at_breaks, number_keeps_next_character=True)


def break_lines(
    text: str, size: float, width: float, *, bold: bool = False, even: bool = False, han: bool = False
) -> list[str]:
    """Break a text into as few lines as possible for type of ``size`` points and a line length of ``width`` points.

    The last line is as long as possible. With ``even``, all lines have about the same length and break after punctuation if
    they can, as suits a heading. ``han`` says whether quotation marks are as wide as Chinese characters. Line breaks in the
    text stay.
    """
    room = width * _SAFE_SHARE / size
    return [
        line
        for part in text.split("\n")
        if part.strip()
        for line in balance_lines(_pieces(part.strip()), room, _width_function(bold, han), equal_lengths=even)
    ]


def line_count(text: str, size: float, width: float, *, bold: bool = False, han: bool = False) -> int:
    """Count the lines of a text in type of ``size`` points with a line length of ``width`` points.

    The count agrees with :func:`break_lines`, and nearly always with WeasyPrint, but is much faster.
    """
    return count_lines(_measure_parts(text, bold, han), width * _SAFE_SHARE / size)


@cache
def _measure_parts(text: str, bold: bool, han: bool) -> list[PartMeasure]:  # noqa: FBT001  a key of the cache
    """Measure each unbreakable part of a text, in multiples of the type size."""
    return measure_parts(_pieces(text), _width_function(bold, han))


@cache
def _width_function(bold: bool, han: bool) -> Width:  # noqa: FBT001  a key of the cache
    """Return a cached function that measures a text, because words and characters recur."""
    return cache(partial(text_width, bold=bold, han=han))


def break_link(link: str, sizes: Sequence[float], width: float, language: str) -> tuple[list[str], float]:
    """Return the lines of a web address in a column, and the first of ``sizes`` in which it fits one line.

    In the last size, the address may be broken after a slash. If that does not help, a word replaces it that says what
    the QR code beside it is for.
    """
    address = shorten_link(link)
    for size in sizes:
        if text_width(address) * size <= width:
            return [address], size
    size, parts = sizes[-1], re.split("(?<=/)", address)
    if max(map(text_width, parts)) * size > width:
        return [_("Scan for more").translated(language)], sizes[0]
    return balance_lines(parts, width / size, text_width, equal_lengths=True), size


def text_width(text: str, *, bold: bool = False, han: bool = False) -> float:
    """Return the width of a text on one line, as a multiple of the type size."""
    if not han:
        text = text.translate(_NARROW_QUOTES)
    return sum(_character_width(character, bold) for character in text) + autospace_width(text)


@cache
def estimate_width(text: str) -> float:
    """Estimate the width of a text, as a multiple of the type size: faster than ``text_width``.

    The estimate includes the space that English lines leave empty.
    """
    return sum(map(_estimate_character_width, text)) + autospace_width(text)


def _estimate_character_width(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    if character in " .,;:'’|!()-ijlftI":
        return 0.28
    return 0.66 if character.isupper() or character in "mw" else 0.54


def widest_word_width(texts: Iterable[str], *, han: bool = False) -> float:
    """Return the width of the widest unbreakable part of these texts, in multiples of the type size."""
    return max(
        (text_width(piece.rstrip(), han=han) for text in texts for piece in _pieces(text)), default=0.0
    )


_NARROW_QUOTES = str.maketrans("“”‘’", "\"\"''")


@cache
def _character_width(character: str, bold: bool) -> float:  # noqa: FBT001  called for each character
    """Return the width of a character, in multiples of the type size."""
    return float(_load_font(bold).getlength(character)) / _EM


@cache
def _load_font(bold: bool) -> Any:  # noqa: FBT001
    from PIL import ImageFont  # noqa: PLC0415  only paper needs it

    path = shipped_folder("templates") / "fonts" / f"QuizgenSans-{'Bold' if bold else 'Regular'}.otf"
    return ImageFont.truetype(str(path), _EM, layout_engine=ImageFont.Layout.BASIC)


def is_chinese(language: str) -> bool:
    """Return whether a language is written in Chinese characters."""
    return language.partition("-")[0] == "zh"


def join_with_line_breaks(lines: Sequence[str]) -> Markup:
    """Join lines with HTML line breaks."""
    return Markup("<br>").join(lines)
