"""Split texts into tokens for comparison: the stems of words, and pairs of characters in scripts without spaces.

Texts that share tokens are about the same thing. Questions that give away each other's answer are found this
way, and the lint rules compare texts this way.
"""

import re
from functools import cache
from typing import Any

from quizgen.text.han import HAN
from quizgen.text.word_lists import load_word_lists

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "st": "sesotho",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
"""The Snowball stemmer for each language. Words of other languages are compared as they are."""

_WITHOUT_SPACES = HAN + "\u3041-\u30ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts without spaces between words: Chinese, Japanese, Thai, Lao, Burmese and Khmer."""

_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
"""Marks in words that are not letters: accents, and vowels of Hebrew, Arabic and Indian scripts."""

_LETTERS = f"(?:(?![{_WITHOUT_SPACES}])(?:[^\\W\\d_]|[{_MARKS}]))+"
_TOKEN = re.compile(rf"(?P<run>[{_WITHOUT_SPACES}]+)|\d+(?:[.,]\d+)*|{_LETTERS}(?:['’]{_LETTERS})*")


def tokenize(text: str, language: str) -> list[str]:
    """Return the tokens of a text, in their order.

    A word is reduced to its stem, so that *transfers* matches *transferred*. A text without spaces becomes
    pairs of characters: 验证码 gives 验证 and 证码. A number is one token.
    """
    return [token for match in _TOKEN.finditer(text.lower()) for token in _match_tokens(match, language)]


def tokenize_content(text: str, language: str) -> list[str]:
    """Return the tokens of a text without those of stop words, such as *the* and 的.

    A number in words counts as its digits, so that *two* matches *2*.
    """
    lists = load_word_lists(language)
    if not lists:
        return tokenize(text, language)
    if lists["han"]:
        return tokenize(_stop_word_pattern(language).sub("，", text), language)
    stop_tokens, numerals = _stop_word_tokens(language), lists["numerals"]
    result: list[str] = []
    for match in _TOKEN.finditer(text.lower()):
        if match[0] in numerals:
            result.append(str(numerals[match[0]]))
        else:
            result += [token for token in _match_tokens(match, language) if token not in stop_tokens]
    return result


def _match_tokens(match: re.Match[str], language: str) -> list[str]:
    """Return the tokens of one match of the pattern: pairs of characters, the stem of a word, or a number."""
    run = match["run"]
    if run:
        return [run[index : index + 2] for index in range(max(1, len(run) - 1))]
    return [_stem(match[0], language)]


@cache
def _stop_word_tokens(language: str) -> frozenset[str]:
    """Return the tokens of the stop words of a language that has spaces between words."""
    return frozenset(
        token for word in load_word_lists(language)["lists"]["empty"] for token in tokenize(word, language)
    )


@cache
def _stop_word_pattern(language: str) -> re.Pattern[str]:
    """Return a pattern of the stop words of a language without spaces between words, the longest first."""
    words = sorted(load_word_lists(language)["lists"]["empty"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _stem(word: str, language: str) -> str:
    """Return the stem of a word, or the word itself if its language has no stemmer."""
    stemmer = _stemmer(language.partition("-")[0])
    return str(stemmer.stemWord(word.replace("’", "'"))) if stemmer else word


@cache
def _stemmer(language: str) -> Any:
    """Return the Snowball stemmer of a language, or ``None``."""
    if language not in _STEMMERS:
        return None
    import snowballstemmer  # noqa: PLC0415  takes a while, since it loads all languages

    return snowballstemmer.stemmer(_STEMMERS[language])
