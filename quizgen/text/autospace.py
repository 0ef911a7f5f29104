"""Put a blank between Chinese characters and Western letters or digits, which Chinese readers expect on paper.

CSS calls this ``text-autospace``, but WeasyPrint does not have it. A blank of the shipped fonts is about as wide
as the quarter of an em that is usual, and the engine drops it where a line begins or ends.

Source: Requirements for Chinese Text Layout (W3C), on text that mixes Chinese with Western. There is no space
beside punctuation, and none where the text has a blank.
"""

import re

from quizgen.text.han import HAN

SPACE = 0.224
"""Width of the blank in the shipped fonts, as a share of the type size."""

_WESTERN = "0-9A-Za-zÀ-ÖØ-öø-ÿ"
_BOUNDARY = re.compile(f"(?<=[{HAN}])(?=[{_WESTERN}])|(?<=[{_WESTERN}])(?=[{HAN}])")
_BESIDE_HAN = re.compile(
    r"(?P<skipped><(style|title)\b.*?</\2>|&[^;]+;)"
    # an unbroken part and its neighbour: the blank is outside the part
    rf"|(?<=[{HAN}])(?P<closed></nobr>)?(?P<opened><nobr>)?(?=[{_WESTERN}])"
    rf"|(?<=[{_WESTERN}])(?P<closed2></nobr>)?(?P<opened2><nobr>)?(?=[{HAN}])"
    r"|(?P<tag><[^>]*>)",
    re.DOTALL,
)


def autospace_width(text: str) -> float:
    """Return the total width of the blanks that are added to a text on one line, as a multiple of the type size."""
    if len(text) < 2 or text.isascii():  # noqa: PLR2004  a single character meets nothing
        return 0.0
    return SPACE * len(_BOUNDARY.findall(text))


def space_before(text: str, index: int) -> float:
    """Return the width of the blank that is added before a character of a text, as a multiple of the type size."""
    return SPACE if _BOUNDARY.match(text, index) else 0.0


def add_autospace(html: str) -> str:
    """Put a blank between each Chinese character and the Western letter or digit beside it."""

    def add_blank(match: re.Match[str]) -> str:
        if match["skipped"] or match["tag"]:
            return match[0]
        closed, opened = match["closed"] or match["closed2"] or "", match["opened"] or match["opened2"] or ""
        return f"{closed} {opened}"

    return _BESIDE_HAN.sub(add_blank, html)
