"""A little space between Han and Western letters or digits, which CLREQ asks for and WeasyPrint has no ``text-autospace`` for.

It is part of the letter or digit: our fonts have each once more with the space before it, behind it, and on both sides
(``scripts/make_fonts.py``), so that nothing stands between the two in the text that is read back from a PDF, and lines
break where they did. Which form is wanted is told here by a feature of the font, letter by letter; the font itself could
not tell, since Pango has letters and Han shaped apart from each other.
"""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import islice
from typing import Any

SPACE = 0.2
"""How wide it is, by the size of the type: with the white at the sides of both characters, a quarter is seen.

Source: Requirements for Chinese Text Layout (W3C), on text that mixes Chinese with Western: up to a quarter. Beside
punctuation there is none, nor where a blank stands.
"""

BEFORE, BEHIND, AROUND = "HSPA", "HSPB", "HSPC"
"""The features of our fonts that give a letter or digit its space. They are our own: no other font knows them."""

WESTERN = "0-9A-Za-zÀ-ÖØ-öø-ÿ"
"""The letters and digits that get it, as in a regular expression."""

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_JOINER = "\u2060"
"""Keeps what is beside it in one line, and shows nowhere."""

_MEET = re.compile(f"(?<=[{_HAN}])(?={_JOINER}?[{WESTERN}])|(?<=[{WESTERN}])(?={_JOINER}?[{_HAN}])")
_WESTERN_BEHIND = re.compile(f"{_JOINER}?(?=[{WESTERN}])")

_OPEN, _CLOSE = "<nobr>", "</nobr>"
_NO_BREAK = re.compile(f"{_OPEN}([^<]+)(<sup>[^<]*</sup>)?{_CLOSE}")
_UNBROKEN = re.compile(f"&[^;]+;|[{WESTERN}]+|.", re.DOTALL)

_MOST = 30
"""How many letters are given space in one go: Pango hears of 32 features, from the start. A line has far fewer."""


def autospace(text: str) -> float:
    """Tell how much space a text has on one line, by the size of the type."""
    return SPACE * sum(1 for _ in _meetings(text))


def space_at(text: str, index: int) -> float:
    """Tell how much space is before a character of a text, by the size of the type."""
    return SPACE if _MEET.match(text, index) else 0.0


def _meetings(text: str) -> Iterator[int]:
    """Find where Han and Western meet in a text: the index of the second of the two characters, each time."""
    if len(text) > 1 and not text.isascii():
        yield from (found.start() for found in _MEET.finditer(text))


def without_parting(html: str) -> str:
    """Let no element part Han from Western that meet: what is to stay in one line (``nobr``) is joined by characters instead.

    What is in two elements is shaped apart, and neither would get its space.
    """

    def joined(found: re.Match[str]) -> str:
        text, mark = found.groups()
        start, end = found.span()
        start -= len(_CLOSE) * html.endswith(_CLOSE, 0, start)
        end += len(_OPEN) * html.startswith(_OPEN, end)
        if _MEET.search(html[start - 1 : start] + text[0]) or _MEET.search(text[-1] + html[end : end + 1]):
            return _JOINER.join([*_UNBROKEN.findall(text), *([mark] if mark else [])])
        return found.group()

    return _NO_BREAK.sub(joined, html)


def autospaced(set_text: Callable[..., None]) -> Callable[..., None]:
    """Make the method by which WeasyPrint's ``Layout`` takes a text ask our fonts for the space, too.

    WeasyPrint hands the layout a line's text again once it knows where that ends, so that none is at the ends of lines.
    """
    from weasyprint.text.ffi import ffi, pango  # noqa: PLC0415  needs Pango

    @wraps(set_text)
    def with_space(layout: Any, text: str, justify: bool = False) -> None:  # noqa: FBT001, FBT002  as it is called
        if getattr(layout, "is_autospaced", False):
            # What was asked for another text, a longer one, is forgotten.
            fresh = type(layout)(layout.style)
            pango.pango_layout_set_attributes(layout.layout, pango.pango_layout_get_attributes(fresh.layout))
        set_text(layout, text, justify)
        wanted = _features(layout.text)
        layout.is_autospaced = bool(wanted)
        if not wanted:
            return
        attributes = pango.pango_layout_get_attributes(layout.layout)
        if attributes == ffi.NULL:
            attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        for index, features in wanted.items():
            attribute = pango.pango_attr_font_features_new(features)
            attribute.start_index = len(layout.text[:index].encode())
            attribute.end_index = attribute.start_index + len(layout.text[index].encode())
            pango.pango_attr_list_insert(attributes, attribute)
        pango.pango_layout_set_attributes(layout.layout, attributes)

    return with_space


def _features(text: str) -> dict[int, bytes]:
    """Tell which characters of a text, by their indices, are to be set with which features."""
    found: dict[int, str] = {}
    for index in islice(_meetings(text), _MOST):
        if western := _WESTERN_BEHIND.match(text, index):
            found[western.end()] = BEFORE
        else:
            found[index - 1] = AROUND if index - 1 in found else BEHIND
    # A ligature would swallow the letter.
    return {
        index: (feature if text[index].isdigit() else f"{feature},liga 0").encode()
        for index, feature in found.items()
    }
