"""Chinese characters: which ones they are, and how one script is turned into another."""

import re
from functools import cache
from typing import Any

HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""All Chinese characters, for use between the brackets of a regular expression.

Digests of passages rest on these ranges (``source/wording.py``): they never change.
"""

KANA = "\u3041-\u30ff"
"""Japanese syllables, which stand between Chinese characters and are set as these are."""

_CHARACTER = re.compile(f"[{HAN}]")


def has_han(text: str) -> bool:
    """Check whether a text has a Chinese character."""
    return _CHARACTER.search(text) is not None


def han_characters(text: str) -> list[str]:
    """List the Chinese characters of a text, in their order."""
    return _CHARACTER.findall(text)


def simplified(text: str) -> str:
    """Write a text in Simplified characters."""
    return str(converter("t2s").convert(text))


@cache
def converter(configuration: str) -> Any:
    """Return OpenCC's converter with one of its configurations, such as ``t2s``.

    Each is made once: that takes longer than most conversions.
    """
    import opencc  # noqa: PLC0415  slow to load, and few commands need it

    return opencc.OpenCC(configuration)
