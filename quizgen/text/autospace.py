"""A little space between Chinese characters and Western letters or digits, which Chinese readers expect on paper.

CSS calls it ``text-autospace``, which WeasyPrint lacks. So letters and digits that meet Han stand in spans of their own,
and our fonts have a form of each with space at one side or both (``scripts/make_fonts.py``). The space is part of the
letter: a margin would do on paper, but programs that read a PDF take it for a blank, and then nobody finds 打110 there.

Source: Requirements for Chinese Text Layout (W3C), on text that mixes Chinese with Western. Beside punctuation there is
no space, nor where a blank stands already.
"""

import re

from quizgen.text.han import HAN

SPACE = 0.2
"""How wide it is, by the size of the type: with the white at the sides of both characters, a quarter is seen."""

BEFORE, BEHIND, AROUND = "HSPA", "HSPB", "HSPC"
"""The features of our fonts that give a letter or digit its space. They are our own: no other font knows them."""

WESTERN = "0-9A-Za-zÀ-ÖØ-öø-ÿ"
"""The letters and digits that get it, for use between the brackets of a regular expression."""

_MEET = re.compile(f"(?<=[{HAN}])(?=[{WESTERN}])|(?<=[{WESTERN}])(?=[{HAN}])")

_NOBR = "(?:</?nobr>){0,2}"  # between what is kept in one line and what is not, there is space as well
_BESIDE_HAN = re.compile(
    rf"<(style|title)\b.*?</\1>|<[^>]*>|&[^;]+;"
    rf"|(?:(?<=[{HAN}])|(?<=[{HAN}]<nobr>)|(?<=[{HAN}]</nobr>)|(?<=[{HAN}]</nobr><nobr>))(?P<after>[{WESTERN}])"
    rf"|(?P<before>[{WESTERN}])(?={_NOBR}[{HAN}])",
    re.DOTALL,
)
_HAN_FOLLOWS = re.compile(f"{_NOBR}[{HAN}]")


def autospace(text: str) -> float:
    """Return how much space a text has on one line, by the size of the type."""
    if len(text) < 2 or text.isascii():  # noqa: PLR2004  a single character meets nothing
        return 0.0
    return SPACE * len(_MEET.findall(text))


def space_at(text: str, index: int) -> float:
    """Return how much space stands before a character of a text, by the size of the type."""
    return SPACE if _MEET.match(text, index) else 0.0


def with_autospace(html: str) -> str:
    """Put letters and digits that meet Chinese characters into spans, which ``base.css`` gives their space."""

    def spaced(found: re.Match[str]) -> str:
        if found["after"]:
            name = "space-around" if _HAN_FOLLOWS.match(html, found.end()) else "space-before"
        elif found["before"]:
            name = "space-behind"
        else:
            return found[0]  # a tag, a style sheet or an entity
        return f'<span class="{name}">{found[0]}</span>'

    return _BESIDE_HAN.sub(spaced, html)
