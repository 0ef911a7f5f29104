"""Where lines of running text break well: no last line of a word or two, and headings in lines of like length."""

import re
from math import ceil

from markupsafe import Markup, escape

from quizgen.paper.widths import ems

_LATIN_TAIL = re.compile(r"\S{1,14} \S{1,9}\Z")
"""The last two words, of which a line by itself is no longer a single short word."""

_HAN_TAIL = re.compile(
    r"(?:(?<=[，。；：？！、])\w{2,7}|(?:\d+|[^\W\d\x00-\u02ff]){3})(?<=[\u0300-\uffff])[^\w\s]{0,2}\Z"
)
"""The last clause of Chinese, if it is short, or the last three characters, with the punctuation behind them."""

_SHORT = 7
"""Characters of what is kept whole."""


def kept(text: str) -> Markup:
    """Keep the end of a text in one line (``nobr`` in base.css), so that its last line is no single short word, nor one or two characters."""
    found = _LATIN_TAIL.search(text) or _HAN_TAIL.search(text)
    if found and len(text) > _SHORT:
        return Markup("{}<nobr>{}</nobr>").format(text[: found.start()], found.group())
    return Markup("<nobr>{}</nobr>").format(text) if len(text) <= _SHORT else escape(text)


def balanced(text: str, size: float, widest: float) -> float:
    """Give the width, in points, to set a heading of ``size`` points in, so that its lines are of like length.

    It is at most ``widest``, which is also what a heading of one line is given.
    """
    whole = 1.06 * ems(text) * size  # in bold type
    lines = ceil(whole / widest)
    if lines <= 1:
        return widest
    # A line is shorter than its measure by half a word, on average.
    slack = 2.2 if " " in text else 0.6
    return min(widest, round(whole / lines + slack * size, 1))


def link_shown(link: str) -> str:
    """Write an address as people read it out: without its scheme, and without a slash at the end."""
    return re.sub(r"^https?://", "", link).rstrip("/")
