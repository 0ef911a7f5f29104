"""The numbers in a text: articles of a law, items of a list.

All functions take normalised text (see ``wording.normalise_wording``): no spaces, narrow digits and brackets.
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


class Article(NamedTuple):
    """The number of an article, and of one inserted after it later (第二百八十七条之一: 287, 1; otherwise 0)."""

    number: int
    inserted: int

    @property
    def id(self) -> str:
        """``art31``; ``art287a`` for the first one inserted after article 287."""
        return f"art{self.number}{ascii_lowercase[self.inserted - 1] if self.inserted else ''}"


class Item(NamedTuple):
    """The number of an item, and its style, which distinguishes a list from one nested in it."""

    number: int
    style: str


def parse_number(numeral: str) -> int | None:
    """Parse a number in Arabic or Chinese digits: ``31``, 三十一, 三一; ``None`` for 一6 and for very long ones."""
    if len(numeral) > _MAX_NUMERAL_LENGTH:
        return None
    if numeral.isdecimal():
        return int(numeral)
    if any(character.isascii() for character in numeral):
        return None
    return parse_chinese_numeral(numeral)


def article_at_start(wording: str) -> Article | None:
    """Parse the label of an article of a law at the start of a paragraph."""
    found = _ARTICLE.match(wording)
    if not found:
        return None
    number, inserted = parse_number(found[1]), parse_number(found[2] or "0")
    if number is None or inserted is None or inserted > len(ascii_lowercase):
        return None
    return Article(number, inserted)


def item_at_start(wording: str) -> Item | None:
    """Parse the number of an item of a list at the start of a paragraph: ``1.``, 1、, （一）, 一、, 一是."""
    found = _ITEM.match(wording)
    number = parse_number(found[found.lastgroup]) if found and found.lastgroup else None
    return Item(number, found.lastgroup) if found and found.lastgroup and number is not None else None


def is_division(wording: str) -> bool:
    """Return whether this is the heading of a part, chapter or section of a law."""
    return bool(_DIVISION.match(wording))


def without_number(wording: str) -> str:
    """Remove the number at the start of a paragraph."""
    found = _ARTICLE.match(wording) or _ITEM.match(wording)
    return wording[found.end() :] if found else wording


def without_later_numbers(wording: str) -> str:
    """Remove the numbers of items inside a paragraph, which come after punctuation that ends a sentence."""
    return _LATER_ITEM.sub(r"\1", wording)
