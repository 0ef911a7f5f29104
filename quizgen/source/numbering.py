"""Numbers that a text gives its parts: articles of a law, items of a list.

All here is read from folded text (see ``wording.fold``): no spaces, narrow digits and brackets.
"""

import re
from string import ascii_lowercase
from typing import NamedTuple

from quizgen.text.numerals import DIGITS, UNITS, read_chinese

_LONGEST_NUMERAL = 12
"""Characters; 九千九百九十九 has seven."""

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
    """An article's number, and that of one put in behind it later (第二百八十七条之一: 287, 1; else 0)."""

    number: int
    inserted: int

    @property
    def id(self) -> str:
        """``art31``; ``art287a`` for the first one put in behind article 287."""
        return f"art{self.number}{ascii_lowercase[self.inserted - 1] if self.inserted else ''}"


class Item(NamedTuple):
    """An item's number, and the style that it is written in, which tells a list from one inside it."""

    number: int
    style: str


def number_of(numeral: str) -> int | None:
    """Read a number in Arabic or Chinese digits: ``31``, 三十一, 三一; ``None`` for 一6, and for one longer than any has."""
    if len(numeral) > _LONGEST_NUMERAL:
        return None
    if numeral.isdecimal():
        return int(numeral)
    if any(character.isascii() for character in numeral):
        return None
    return read_chinese(numeral)


def article_at_start(folded: str) -> Article | None:
    """Read the label of an article of a law that a paragraph begins with."""
    found = _ARTICLE.match(folded)
    if not found:
        return None
    number, inserted = number_of(found[1]), number_of(found[2] or "0")
    if number is None or inserted is None or inserted > len(ascii_lowercase):
        return None
    return Article(number, inserted)


def item_at_start(folded: str) -> Item | None:
    """Read the number of an item of a list that a paragraph begins with: ``1.``, 1、, （一）, 一、, 一是."""
    found = _ITEM.match(folded)
    number = number_of(found[found.lastgroup]) if found and found.lastgroup else None
    return Item(number, found.lastgroup) if found and found.lastgroup and number is not None else None


def is_division(folded: str) -> bool:
    """Whether this is the heading of a part, chapter or section of a law."""
    return bool(_DIVISION.match(folded))


def without_number(folded: str) -> str:
    """Take away the number that a paragraph begins with."""
    found = _ARTICLE.match(folded) or _ITEM.match(folded)
    return folded[found.end() :] if found else folded


def without_later_numbers(folded: str) -> str:
    """Take away the numbers of items inside a paragraph, each of which follows a stop."""
    return _LATER_ITEM.sub(r"\1", folded)
