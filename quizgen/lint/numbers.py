"""Numbers in a text, whether in figures or in words: ``two hundred``, ``2.5 million``, 二十三, 250万."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from quizgen.lint.words import Words
from quizgen.text.numerals import LARGE_UNITS, UNITS, read_chinese

FIGURES = r"\d+(?:,\d{3})*(?:\.\d+)?"
"""A number in figures, as both languages write it."""

_HAN = re.compile(rf"({FIGURES})([千万亿]*)|[零一二两三四五六七八九十百千万亿]+")
_LONGEST = 30
"""Characters of what is a number; more are a mistake, and their value would be past counting."""
_TENS = 10


class Number(NamedTuple):
    """A number, whether it is written in words, and where it stands."""

    value: float
    worded: bool
    start: int
    end: int


@lru_cache(maxsize=1024)  # the rules ask for the same few texts of a question again and again
def numbers_in(words: Words, text: str) -> tuple[Number, ...]:
    """Read every number of a text in its language; ``one`` and 一 are read too, whatever they mean."""
    return tuple(_in_han(text) if words.is_cjk else _in_letters(words, text))


def in_figures(words: Words, text: str) -> str:
    """Write a text with all its numbers in plain figures: ``about two hundred`` becomes ``about 200``."""
    numbers = numbers_in(words, text)
    if not numbers:
        return text
    made, at = [], 0
    for number in numbers:
        value = int(number.value) if number.value == int(number.value) else number.value
        made += [text[at : number.start], str(value)]
        at = number.end
    return "".join([*made, text[at:]])


def _in_han(text: str) -> Iterator[Number]:
    for found in _HAN.finditer(text):
        if len(found[0]) > _LONGEST:
            continue
        if found[1] is None:
            yield Number(float(read_chinese(found[0])), worded=True, start=found.start(), end=found.end())
            continue
        value = _figure(found[1])
        for mark in found[2]:
            value *= (UNITS | LARGE_UNITS)[mark]
        yield Number(value, worded=False, start=found.start(), end=found.end())


def _in_letters(words: Words, text: str) -> Iterator[Number]:
    """Put words such as ``two``, ``hundred`` and ``three`` together as far as they make one number."""
    number: Number | None = None
    parts = (0.0, 0.0)  # what is counted in full, and what a scale may still multiply
    scaled = False
    for found in _tokens(words).finditer(text):
        if len(found[0]) > _LONGEST:
            continue
        word = found[0].lower()
        joined = None
        if number:
            between = text[number.end : found.start()].lower()
            if between in (" ", "-") or (scaled and between == " and "):
                joined = _joined(words, parts, word)
        if joined is None:
            if number:
                yield number
            number = None
            joined = _joined(words, (0.0, 0.0), word) or (0.0, _figure(word))
        parts, scaled = joined, word in words.scales
        start = number.start if number else found.start()
        worded = number.worded if number else not word[0].isdigit()
        number = Number(sum(parts), worded=worded, start=start, end=found.end())
    if number:
        yield number


def _joined(words: Words, parts: tuple[float, float], word: str) -> tuple[float, float] | None:
    """Add a word to a number that has begun; ``None`` where it begins another."""
    total, section = parts
    if scale := words.scales.get(word):
        if scale == 100:  # noqa: PLR2004  within the thousands
            return total, (section or 1) * scale
        return total + (section or 1) * scale, 0.0
    value = words.numerals.get(word)
    if value is None:
        return None
    follows_tens = value < _TENS and section % 100 >= 2 * _TENS and section % _TENS == 0
    return (total, section + value) if section % 100 == 0 or follows_tens else None


def _figure(figures: str) -> float:
    return float(figures.replace(",", ""))


@cache
def _tokens(words: Words) -> re.Pattern[str]:
    named = (*words.numerals, *words.scales)
    return re.compile(
        rf"(?<![\w’])(?:{'|'.join(sorted(named, key=len, reverse=True))})(?![\w’])|{FIGURES}", re.IGNORECASE
    )
