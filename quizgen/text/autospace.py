"""Add a little space between Chinese characters and Western letters or digits, which Chinese readers expect on paper.

CSS calls this ``text-autospace``, but WeasyPrint does not have it. Therefore letters and digits beside a
Chinese character are put into spans, and the shipped fonts have a form of each with space on one side or on both
(``scripts/make_fonts.py``). The space is part of the letter. A margin would look the same, but programs that
read a PDF would read it as a blank, and a search for 打110 would not find it.

Source: Requirements for Chinese Text Layout (W3C), on text that mixes Chinese with Western. There is no space
beside punctuation, and none where the text has a blank.
"""

import re

from quizgen.text.han import HAN

SPACE = 0.2
"""Width of the space, as a share of the type size. Together with the white at the sides of both characters, it looks like a
quarter."""

BEFORE, BEHIND, AROUND = "HSPA", "HSPB", "HSPC"
"""Names of the font features that add the space before, behind and around a character. Only the shipped fonts have
them."""

WESTERN = "0-9A-Za-zÀ-ÖØ-öø-ÿ"
"""Letters and digits that get the space, for use between the brackets of a regular expression."""

_BOUNDARY = re.compile(f"(?<=[{HAN}])(?=[{WESTERN}])|(?<=[{WESTERN}])(?=[{HAN}])")

_PUNCTUATION = "，。、；：！？）”」』》"
"""What never begins a line. WeasyPrint would put it there if a part of the word before is in a span."""

_NOBR = "(?:</?nobr>){0,2}"  # space is also added between an unbroken part and its neighbour
_BESIDE_HAN = re.compile(
    rf"<(style|title)\b.*?</\1>|<[^>]*>|&[^;]+;"
    rf"|(?:(?<=[{HAN}])|(?<=[{HAN}]<nobr>)|(?<=[{HAN}]</nobr>)|(?<=[{HAN}]</nobr><nobr>))(?P<after>[{WESTERN}])"
    rf"(?P<word>[{WESTERN}]{{0,12}}[{_PUNCTUATION}])?"
    rf"|(?P<before>[{WESTERN}])(?={_NOBR}[{HAN}])",
    re.DOTALL,
)
_HAN_FOLLOWS = re.compile(f"{_NOBR}[{HAN}]")


def autospace_width(text: str) -> float:
    """Return the total width of the spaces that are added to a text on one line, as a multiple of the type size."""
    if len(text) < 2 or text.isascii():  # noqa: PLR2004  a single character meets nothing
        return 0.0
    return SPACE * len(_BOUNDARY.findall(text))


def space_before(text: str, index: int) -> float:
    """Return the width of the space that is added before a character of a text, as a multiple of the type size."""
    return SPACE if _BOUNDARY.match(text, index) else 0.0


def add_autospace_spans(html: str) -> str:
    """Put letters and digits beside Chinese characters into spans. ``base.css`` gives these spans their space."""

    def add_span(match: re.Match[str]) -> str:
        if match["after"]:
            name = "space-around" if _HAN_FOLLOWS.match(html, match.end("after")) else "space-before"
        elif match["before"]:
            name = "space-behind"
        else:
            return match[0]  # a tag, a style sheet or an entity
        if match["word"]:
            return f'<nobr><span class="{name}">{match["after"]}</span>{match["word"]}</nobr>'
        return f'<span class="{name}">{match[0]}</span>'

    return _BESIDE_HAN.sub(add_span, html)
