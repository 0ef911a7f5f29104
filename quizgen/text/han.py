"""Chinese characters: find them in a text, and convert Traditional to Simplified and back."""

import re
from functools import cache
from typing import Any

HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Ranges of all Chinese characters, for use between the brackets of a regular expression.

Digests of passages depend on these ranges (``source/wording.py``): they never change.
"""

KANA = "\u3041-\u30ff"
"""Japanese syllables. They occur between Chinese characters and are set like these."""


def has_han(text: str) -> bool:
    """Return whether a text has a Chinese character."""
    return _character_pattern().search(text) is not None


def han_characters(text: str) -> list[str]:
    """Return the Chinese characters of a text, in their order."""
    return _character_pattern().findall(text)


@cache
def _character_pattern() -> re.Pattern[str]:
    """Return a pattern of a Chinese character. It takes 3 ms to compile, and a quiz can start without it."""
    return re.compile(f"[{HAN}]")


def to_simplified(text: str) -> str:
    """Return a text in Simplified characters."""
    return str(opencc_converter("t2s").convert(text))


@cache
def opencc_converter(configuration: str) -> Any:
    """Return the converter of OpenCC for a configuration, such as ``t2s`` (Traditional to Simplified). It is cached."""
    import opencc  # noqa: PLC0415  slow to load, and few commands need it

    return opencc.OpenCC(configuration)
