"""Split texts into tokens for comparison: stems of words, and pairs of characters in scripts without spaces.

Two texts are about the same thing if they share tokens. This is how questions are found that reveal each other's answer,
and how the rules of item writing compare texts.
"""

import re
from functools import cache
from typing import Any

from quizgen.text.han import HAN
from quizgen.text.word_lists import word_lists

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


def tokens(text: str, language: str) -> list[str]:
    """Split a text into tokens, in their order.

    A word is reduced to its stem, so that *transfers* matches *transferred*. Text without spaces becomes pairs of
    neighbours: 验证码 gives 验证 and 证码. A number is a token as it is written.
    """
    return [token for match in _TOKEN.finditer(text.lower()) for token in _tokens_of(match, language)]


def content_tokens(text: str, language: str) -> list[str]:
    """Split a text into the tokens that carry content, without words such as *the* and 的.

    A number word counts as its figure, so that *two* matches *2*.
    """
    lists = word_lists(language)
    if not lists:
        return tokens(text, language)
    if lists["han"]:
        return tokens(_any_empty_word(language).sub("，", text), language)
    empty, numerals = _empty_tokens(language), lists["numerals"]
    result: list[str] = []
    for match in _TOKEN.finditer(text.lower()):
        if match[0] in numerals:
            result.append(str(numerals[match[0]]))
        else:
            result += [token for token in _tokens_of(match, language) if token not in empty]
    return result


def _tokens_of(match: re.Match[str], language: str) -> list[str]:
    """Return the tokens of one match: pairs of characters, the stem of a word, or a number."""
    run = match["run"]
    if run:
        return [run[index : index + 2] for index in range(max(1, len(run) - 1))]
    return [_stem(match[0], language)]


@cache
def _empty_tokens(language: str) -> frozenset[str]:
    """Return the tokens of the words without content in a language with spaces between words."""
    return frozenset(
        token for word in word_lists(language)["lists"]["empty"] for token in tokens(word, language)
    )


@cache
def _any_empty_word(language: str) -> re.Pattern[str]:
    """Return a pattern of the words without content in a language without spaces, the longest first."""
    words = sorted(word_lists(language)["lists"]["empty"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


@cache
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language.partition("-")[0])
    return str(stemmer.stemWord(word.replace("’", "'"))) if stemmer else word


@cache
def _stemmer(language: str) -> Any:
    if language not in _STEMMERS:
        return None
    import snowballstemmer  # noqa: PLC0415  takes a while, since it loads all languages

    return snowballstemmer.stemmer(_STEMMERS[language])
