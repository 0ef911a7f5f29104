"""How wide texts are, and short texts broken into lines that look well: none with a word or a character or two left over.

WeasyPrint fills line after line, and leaves at the end what is left. Lines are broken here instead, by the widths of our
own fonts' characters, all lines about as long as each other where that is asked for.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from quizgen.files import shipped
from quizgen.text.autospace import autospace, space_at
from quizgen.text.foreign import Foreign, as_before
from quizgen.text.han import HAN

_EM = 1000  # units of the fonts
_SURE = 0.995
"""Of a measure so much is filled, since kerning and rounding are not known here."""

_SHORT = 0.3
"""Of a measure the least that a last line fills, where that can be had."""

_ALONE = 0.3
"""What a short word costs that is a last line by itself."""

_BROKEN, _BROKEN_HAN = 0.01, 0.1
"""What a break costs in a heading that is not behind punctuation; between Chinese characters it may part a word.
In other texts it costs a fifth, so that their lines stay full."""

_LAST_LATIN = "\u02ff"

_CLOSING = "，。、：；！？）」』”’》〉】〕·—…,.:;!?)]}%"
_OPENING = "（「『“‘《〈【〔([{"
_WIDE = f"\u3001-\u303f{HAN}\uff01-\uff5e"
_UNIT = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:\d[\d,.:]*[{HAN}]|[{_WIDE}]|[^\s{_WIDE}]+)[{re.escape(_CLOSING)}]*"
)
"""What is never broken: a word, a character, or a number with what it counts, and the punctuation beside it."""
_ENDS = "，。、：；！？,.:;!?"


def break_lines(
    text: str, size: float, width: float, *, bold: bool = False, even: bool = False, han: bool = False
) -> list[str]:
    """Break a text into the fewest lines that it takes in type of ``size`` points and a measure of ``width`` points.

    The last line is no shorter than it must be; with ``even`` all are about as long as each other, and break behind
    punctuation where they can, as a heading should. ``han`` tells whether quotation marks are as wide as Chinese
    characters. A line break in the text stays.
    """
    if isinstance(text, Foreign):
        lines = break_lines(str(text), size, width, bold=bold, even=even, han=han)
        return [as_before(line, text) for line in lines]
    if "\n" in text:
        parts = [break_lines(part, size, width, bold=bold, even=even, han=han) for part in text.split("\n")]
        return [line for part in parts for line in part]
    founds = list(_UNIT.finditer(text))
    units = [(found.group(), text[found.start() - 1 : found.start()] == " ") for found in founds]
    room = width * _SURE / size
    widths = [text_width(unit, bold=bold, han=han) for unit, _ in units]
    gaps = [_gap(text, found.start(), bold) for found in founds]
    ends = _best_ends([unit for unit, _ in units], widths, gaps, room, even=even)
    lines, start = [], 0
    for end in ends:
        joined = "".join((" " if spaced else "") + unit for unit, spaced in units[start:end])
        lines.append(joined.strip())
        start = end
    return lines


def line_count(text: str, size: float, width: float, *, bold: bool = False, han: bool = False) -> int:
    """Count the lines that a text takes in type of ``size`` points and a measure of ``width`` points.

    That is what :func:`break_lines` makes of it, and nearly always what WeasyPrint does, and takes little time.
    """
    room = width * _SURE / size
    lines, length = 1, 0.0
    for gap, unit in _unit_widths(text, bold, han):
        if length and length + gap + unit > room:
            lines, length = lines + 1, unit
        else:
            length += gap + unit
    return lines


@cache
def _unit_widths(text: str, bold: bool, han: bool) -> tuple[tuple[float, float], ...]:  # noqa: FBT001  asked again in each size
    """Give the width of each unit of a text, and before it that of the space in front of it, by the size of the type."""
    return tuple(
        (_gap(text, found.start(), bold), text_width(found.group(), bold=bold, han=han))
        for found in _UNIT.finditer(text)
    )


def _gap(text: str, start: int, bold: bool) -> float:  # noqa: FBT001  called for each unit
    """Tell how much white is before a unit that does not begin a line, by the size of the type."""
    return _advance(" ", bold) if text[start - 1 : start] == " " else space_at(text, start)


def _best_ends(
    units: Sequence[str], widths: Sequence[float], gaps: Sequence[float], room: float, *, even: bool
) -> list[int]:
    """Choose where lines end: the fewest lines, and of the ways to break into these the one of the least cost."""
    count = len(units)
    best: list[tuple[int, float, int]] = [
        (0, 0.0, 0)
    ]  # lines, cost and start of the last line, by where that ends
    for end in range(1, count + 1):
        length, found = 0.0, None
        for start in range(end - 1, -1, -1):
            length += widths[start] + (gaps[start + 1] if start + 1 < end else 0.0)
            if length > room and start < end - 1:
                break
            lines, cost, _ = best[start]
            cost += _cost(units[end - 1], length, room, is_last=end == count, even=even)
            if end == count and start == end - 1 > 0 and length < room / 2:
                cost += _ALONE
            if found is None or (lines + 1, cost) < found[:2]:
                found = (lines + 1, cost, start)
        assert found  # noqa: S101  one unit is always a line
        best.append(found)
    ends = []
    while count:
        ends.append(count)
        count = best[count][2]
    return ends[::-1]


def _cost(last: str, length: float, room: float, *, is_last: bool, even: bool) -> float:
    """Tell how far a line is from a good one: by the white at its end, and by where it breaks."""
    slack = max(0.0, 1 - length / room)
    if is_last:
        return slack**2 if even else 60 * max(0.0, _SHORT - length / room) ** 2
    if last[-1] in _ENDS:
        return slack**2
    broken = _BROKEN_HAN if last[-1] > _LAST_LATIN else _BROKEN
    return slack**2 + (broken if even else broken / 5)


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
    return max((text_width(unit, han=han) for text in texts for unit in _UNIT.findall(text)), default=0.0)


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
