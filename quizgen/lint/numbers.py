"""Find the numbers in a text, in figures or in words, such as ``two hundred``, ``2.5 million``, 二十三 and 250万."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from quizgen.lint.words import LanguageWords
from quizgen.text.numerals import LARGE_UNITS, UNITS, parse_chinese_numeral

FIGURES = r"\d+(?:,\d{3})*(?:\.\d+)?"
"""A pattern of numbers in figures, for both languages."""

_HAN = re.compile(rf"({FIGURES})([千万亿]*)|[零一二两三四五六七八九十百千万亿]+")
_MAX_NUMBER_LENGTH = 30
"""The most characters of a number; anything longer is a mistake, too large to compute."""
_TENS = 10


class Number(NamedTuple):
    """A number in a text: its value, whether it is spelt out, and its start and end in the text."""

    value: float
    is_in_words: bool
    start: int
    end: int


@lru_cache(maxsize=1024)  # several rules read the same texts of a question
def find_numbers(language_words: LanguageWords, text: str) -> tuple[Number, ...]:
    """Return all numbers in a text. ``one`` and 一 are included even where they are not meant as numbers."""
    return tuple(
        _find_chinese_numbers(text) if language_words.is_cjk else _find_english_numbers(language_words, text)
    )


def numbers_to_figures(language_words: LanguageWords, text: str) -> str:
    """Return the text with all numbers in figures: ``about two hundred`` becomes ``about 200``."""
    numbers = find_numbers(language_words, text)
    if not numbers:
        return text
    pieces, at = [], 0
    for number in numbers:
        value = int(number.value) if number.value == int(number.value) else number.value
        pieces += [text[at : number.start], str(value)]
        at = number.end
    return "".join([*pieces, text[at:]])


def _find_chinese_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers in a Chinese text."""
    for match in _HAN.finditer(text):
        if len(match[0]) > _MAX_NUMBER_LENGTH:
            continue
        if match[1] is None:
            yield Number(
                float(parse_chinese_numeral(match[0])), is_in_words=True, start=match.start(), end=match.end()
            )
            continue
        value = _parse_figures(match[1])
        for mark in match[2]:
            value *= (UNITS | LARGE_UNITS)[mark]
        yield Number(value, is_in_words=False, start=match.start(), end=match.end())


def _find_english_numbers(language_words: LanguageWords, text: str) -> Iterator[Number]:
    """Yield the numbers in an English text. Words in a row, such as ``two hundred and three``, make one number."""
    number: Number | None = None
    parts = (0.0, 0.0)  # the finished part, and the part that a scale may still multiply
    scaled = False
    for match in _number_pattern(language_words).finditer(text):
        if len(match[0]) > _MAX_NUMBER_LENGTH:
            continue
        word = match[0].lower()
        joined = None
        if number:
            between = text[number.end : match.start()].lower()
            if between in (" ", "-") or (scaled and between == " and "):
                joined = _append_number_word(parts, word, language_words)
        if joined is None:
            if number:
                yield number
            number = None
            joined = _append_number_word((0.0, 0.0), word, language_words) or (0.0, _parse_figures(word))
        parts, scaled = joined, word in language_words.scales
        start = number.start if number else match.start()
        is_in_words = number.is_in_words if number else not word[0].isdigit()
        number = Number(sum(parts), is_in_words=is_in_words, start=start, end=match.end())
    if number:
        yield number


def _append_number_word(
    parts: tuple[float, float], word: str, language_words: LanguageWords
) -> tuple[float, float] | None:
    """Return a number that is being read with one more word; ``None`` if the word starts a new number.

    The number is in two parts: the part that is complete, and the part that ``thousand`` or ``million`` may still
    multiply.
    """
    total, section = parts
    if scale := language_words.scales.get(word):
        if scale == 100:  # noqa: PLR2004  within the thousands
            return total, (section or 1) * scale
        return total + (section or 1) * scale, 0.0
    value = language_words.numerals.get(word)
    if value is None:
        return None
    follows_tens = value < _TENS and section % 100 >= 2 * _TENS and section % _TENS == 0
    return (total, section + value) if section % 100 == 0 or follows_tens else None


def _parse_figures(figures: str) -> float:
    """Return the value of a number in figures, which can have commas between thousands."""
    return float(figures.replace(",", ""))


@cache
def _number_pattern(language_words: LanguageWords) -> re.Pattern[str]:
    """Return a pattern that finds numbers in figures and number words."""
    named = (*language_words.numerals, *language_words.scales)
    return re.compile(
        rf"(?<![\w’])(?:{'|'.join(sorted(named, key=len, reverse=True))})(?![\w’])|{FIGURES}", re.IGNORECASE
    )
