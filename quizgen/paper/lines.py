"""How wide texts are in our own type, and short texts broken into lines by that.

WeasyPrint fills line after line, and leaves at the end what is left. Lines are broken here instead, by the widths of our
own fonts' characters, so that none is a single short word.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any

from markupsafe import Markup

from quizgen.files import shipped
from quizgen.text.autospace import autospace
from quizgen.text.breaking import Measured, Width, balance_lines, count_lines, measured, pieces
from quizgen.text.foreign import Foreign, as_before
from quizgen.text.messages import message
from quizgen.view.text import display_link

_EM = 1000  # units of the fonts
_SURE = 0.995
"""The share of a line that is filled, since kerning and rounding are not known here."""


_pieces = partial(pieces, number_joins_next=True)


def break_lines(
    text: str, size: float, width: float, *, bold: bool = False, even: bool = False, han: bool = False
) -> list[str]:
    """Break a text into the fewest lines that it takes in type of ``size`` points and a measure of ``width`` points.

    The last line is not shorter than it must be; with ``even`` all are about as long as each other, and break behind
    punctuation where they can, as a heading should. ``han`` tells whether quotation marks are as wide as Chinese
    characters. A line break in the text stays.
    """
    if isinstance(text, Foreign):
        lines = break_lines(str(text), size, width, bold=bold, even=even, han=han)
        return [as_before(line, text) for line in lines]
    room = width * _SURE / size
    return [
        line
        for part in text.split("\n")
        if part.strip()
        for line in balance_lines(_pieces(part.strip()), room, _width_function(bold, han), even=even)
    ]


def line_count(text: str, size: float, width: float, *, bold: bool = False, han: bool = False) -> int:
    """Count the lines that a text takes in type of ``size`` points and a measure of ``width`` points.

    That is what :func:`break_lines` makes of it, and nearly always what WeasyPrint does, and takes little time.
    """
    return count_lines(_measured(text, bold, han), width * _SURE / size)


@cache
def _measured(text: str, bold: bool, han: bool) -> list[Measured]:  # noqa: FBT001  asked again in each size
    """Measure each piece of a text, by the size of the type."""
    return measured(_pieces(text), _width_function(bold, han))


@cache
def _width_function(bold: bool, han: bool) -> Width:  # noqa: FBT001  a key of the cache
    """Return what measures pieces of a text, and remembers them: the same words and characters come again and again."""
    return cache(partial(text_width, bold=bold, han=han))


def link_lines(link: str, sizes: Sequence[float], width: float, language: str) -> tuple[list[str], float]:
    """Give an address as it stands in a column of this width, in points, and its size: in one line in the first size that has room.

    In the last size it may be broken, but behind a slash alone, into lines about as long as each other. Where a part is too
    wide for that, a word says what the code beside it is for.
    """
    address = display_link(link)
    for size in sizes:
        if text_width(address) * size <= width:
            return [address], size
    size, parts = sizes[-1], re.split("(?<=/)", address)
    if max(map(text_width, parts)) * size > width:
        return [message(language, "sheet.scan")], sizes[0]
    return balance_lines(parts, width / size, text_width, even=True), size


def text_width(text: str, *, bold: bool = False, han: bool = False) -> float:
    """Tell how wide a text is on one line, by the size of its type."""
    if not han:
        text = text.translate(_NARROW)
    return sum(_advance(character, bold) for character in text) + autospace(text)


@cache
def guessed_width(text: str) -> float:
    """Guess the length of a text as it is set, by the size of its type: quicker than ``text_width``, for what may be tried.

    A line of English leaves some of its width empty, which is in it.
    """
    return sum(map(_guessed_advance, text)) + autospace(text)


def _guessed_advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    if character in " .,;:'’|!()-ijlftI":
        return 0.28
    return 0.66 if character.isupper() or character in "mw" else 0.54


def widest_word(texts: Iterable[str], *, han: bool = False) -> float:
    """Tell how wide the widest of what is never broken is in some texts, by the size of their type."""
    return max(
        (text_width(piece.rstrip(), han=han) for text in texts for piece in _pieces(text)), default=0.0
    )


_NARROW = str.maketrans("“”‘’", "\"\"''")


@cache
def _advance(character: str, bold: bool) -> float:  # noqa: FBT001  called for each character
    """Width of a character, by the size of its type."""
    return float(_font(bold).getlength(character)) / _EM


@cache
def _font(bold: bool) -> Any:  # noqa: FBT001
    from PIL import ImageFont  # noqa: PLC0415  only paper needs it

    path = shipped("templates") / "fonts" / f"QuizgenSans-{'Bold' if bold else 'Regular'}.otf"
    return ImageFont.truetype(str(path), _EM, layout_engine=ImageFont.Layout.BASIC)


def is_han(language: str) -> bool:
    """Tell whether a language is written in characters that fill their square."""
    return language.partition("-")[0] == "zh"


def as_html(lines: Sequence[str]) -> Markup:
    """Join lines for a template."""
    return Markup("<br>").join(lines)
