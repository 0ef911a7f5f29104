"""Parse the numbers of a law's articles and of list items in a text.

All functions expect text from ``wording.normalise_wording``: without spaces, with half-width digits and brackets.
"""

import re
from string import ascii_lowercase
from typing import NamedTuple

from quizgen.text.numerals import DIGITS, UNITS, parse_chinese_numeral

_MAX_NUMERAL_LENGTH = 12
"""The length of the longest numeral to read, in characters; 九千九百九十九 has seven."""

_NUMERAL = f"[0-9{''.join(DIGITS)}{''.join(UNITS)}]+"
_SMALL = "[一二三四五六七八九十]{1,3}"

# A label is not the start of a sentence about an article: 第三条规定的…, 第三条、第四条….
_ARTICLE = re.compile(
    rf"第({_NUMERAL})[条條](?:之({_NUMERAL}))?(?![之、,。;和与與及或至第的规規款项項中])(?:【[^】]{{1,30}}】)?[:、]?"
)
_DIVISION = re.compile(rf"第{_NUMERAL}[编編章节節](?!.*[。;])")
_ITEM = re.compile(
    rf"\((?P<bracketed>{_SMALL}|\d{{1,2}})\)|(?P<digits>\d{{1,2}})(?:[、)\u20e3]|\.(?!\d))"
    rf"|(?P<numeral>{_SMALL})[、.。]|(?P<first>{_SMALL})是(?!否)"
)
_LATER_ITEM = re.compile(rf"""([。!?;]["')\]》】]*|(?<!\d):)(?:{re.sub("P<[a-z]+>", ":", _ITEM.pattern)})""")


class ArticleNumber(NamedTuple):
    """The number of an article of a law.

    ``inserted`` numbers the articles that were later inserted after it: 第二百八十七条之一 has 287 and 1. Otherwise it is 0.
    """

    number: int
    inserted: int

    @property
    def id(self) -> str:
        """The id of the article: ``art31``, or ``art287a`` for the first article inserted after article 287."""
        return f"art{self.number}{ascii_lowercase[self.inserted - 1] if self.inserted else ''}"


class ItemNumber(NamedTuple):
    """The number of a list item, and the style of the number, which distinguishes a list from one nested in it."""

    number: int
    style: str


def parse_number(numeral: str) -> int | None:
    """Return the value of a number in Arabic or Chinese digits, such as ``31``, 三十一 or 三一.

    Returns ``None`` for mixtures such as 一6, and for very long numbers.
    """
    if len(numeral) > _MAX_NUMERAL_LENGTH:
        return None
    if numeral.isdecimal():
        return int(numeral)
    if any(character.isascii() for character in numeral):
        return None
    return parse_chinese_numeral(numeral)


def parse_article_label(wording: str) -> ArticleNumber | None:
    """Return the number of the article of a law that a paragraph begins with, or ``None``."""
    found = _ARTICLE.match(wording)
    if not found:
        return None
    number, inserted = parse_number(found[1]), parse_number(found[2] or "0")
    if number is None or inserted is None or inserted > len(ascii_lowercase):
        return None
    return ArticleNumber(number, inserted)


def parse_item_number(wording: str) -> ItemNumber | None:
    """Return the number of the list item that a paragraph begins with, or ``None``: ``1.``, 1、, （一）, 一、, 一是."""
    found = _ITEM.match(wording)
    number = parse_number(found[found.lastgroup]) if found and found.lastgroup else None
    return ItemNumber(number, found.lastgroup) if found and found.lastgroup and number is not None else None


def is_division_heading(wording: str) -> bool:
    """Return whether a text is the heading of a part, chapter or section of a law."""
    return bool(_DIVISION.match(wording))


def remove_leading_number(wording: str) -> str:
    """Remove the number of an article or item at the start of a paragraph."""
    found = _ARTICLE.match(wording) or _ITEM.match(wording)
    return wording[found.end() :] if found else wording


def remove_inner_numbers(wording: str) -> str:
    """Remove the numbers of items inside a paragraph. They follow punctuation that ends a sentence."""
    return _LATER_ITEM.sub(r"\1", wording)
