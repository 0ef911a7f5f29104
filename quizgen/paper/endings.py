"""Where running text, whose lines WeasyPrint breaks, ends well; and how an address is shown."""

import re

from markupsafe import Markup, escape

_LATIN_TAIL = re.compile(r"[^\s\u2e80-\uffff]{1,14} [^\s\u2e80-\uffff]{1,9}\Z")
"""The last two words, of which a line by itself is no longer a single short word; no Chinese, which has no words."""

_HAN_TAIL = re.compile(
    r"(?:(?<=[，。；：？！、])\w{3,7}|(?:(?:\d+ ?|[^\W\d\x00-\u02ff])[、，；：（]?){3})(?<=[\u0300-\uffff])[^\w\s]{0,2}\Z"
)
"""The last clause of Chinese, if it is short, or the last three characters, with the punctuation behind them."""

_SHORT = 7
"""Characters of what is kept whole."""


def kept(text: str, behind: str = "") -> Markup:
    """Keep the end of a text in one line (``nobr`` in base.css), so that its last line is no single short word, nor one or two characters.

    What stands right ``behind`` it, a reference mark for one, is kept with it.
    """
    found = _LATIN_TAIL.search(text) or _HAN_TAIL.search(text)
    if found and len(text) > _SHORT:
        return Markup("{}<nobr>{}{}</nobr>").format(text[: found.start()], found.group(), behind)
    if len(text) > _SHORT:
        return escape(text) + behind
    return Markup("<nobr>{}{}</nobr>").format(text, behind)


def last_words(text: str) -> int:
    """Tell where the last two words of a text begin, or the last two characters of Chinese."""
    if not text.isascii():
        return max(0, len(text) - 2)
    return text.rfind(" ", 0, max(0, text.rfind(" "))) + 1


def link_shown(link: str) -> str:
    """Write an address as people read it out: without its scheme, and without a slash at the end."""
    return re.sub(r"^https?://", "", link).rstrip("/")
