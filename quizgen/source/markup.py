"""The main text of an HTML page, without its menus, its related links and its small print."""

import re
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from quizgen.source.clean import BLOCK, without_breaks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold (XML 1.0, 2.2), and so neither lxml nor trafilatura writes."""

_TAG = re.compile(r"<([a-z][\w:-]*)[^<>]*>", re.IGNORECASE)
_LONGEST_TAG = 10_000
"""Characters of a tag whose attributes are read; the parser compares each with each, and none of them is text."""
_PART = re.compile(r"<(?:head|body|p|div|article|section)\b[^<>]*>", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Whether this is HTML, page or fragment, and not plain text into which some tags strayed."""
    if _PAGE.search(text, 0, 2000):
        return True
    return text.lstrip().startswith("<") and len(_PART.findall(text)) > 1


class Page(NamedTuple):
    """A page's title ("" if it has none), the paragraphs of its main text, and all its lines, menus too."""

    title: str
    paragraphs: list[str]
    lines: list[str]


def read_page(page: str) -> Page:
    """Read the text of an HTML page."""
    from lxml.etree import ParserError, strip_elements  # noqa: PLC0415  slow to load, and so is what follows
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.metadata import extract_title  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    page = without_breaks(_CONTROL.sub(" ", page))
    page = _TAG.sub(lambda tag: f"<{tag[1]}>" if len(tag[0]) > _LONGEST_TAG else tag[0], page)
    try:
        # Bytes of our own making: whatever encoding the page declares has been seen to.
        tree = document_fromstring(page.encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:  # nothing in it
        return Page("", [], [])
    _strip_control(tree)
    strip_elements(tree, "rt", "rp", with_tail=False)  # readings set above characters
    lines = _lines(tree)
    title = extract_title(tree) or ""
    document = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    text = document.text if isinstance(document, Document) else None
    return Page(title, (text or "").splitlines(), lines)


def _strip_control(tree: "HtmlElement") -> None:
    """Take out the control characters that a page had by their numbers (``&#12;``), in whatever notation."""
    for element in tree.iter():
        for part in ("text", "tail"):
            if _CONTROL.search(words := getattr(element, part) or ""):
                setattr(element, part, _CONTROL.sub(" ", words))


def _lines(tree: "HtmlElement") -> list[str]:
    """Give each block of a page as a line, be it the main text or not."""
    from lxml.etree import Comment, iterwalk, strip_elements  # noqa: PLC0415

    tree = deepcopy(tree)
    strip_elements(tree, Comment, "script", "style", "template", with_tail=False)
    parts: list[str] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        edge = "\n" if BLOCK.fullmatch(str(element.tag)) else ""
        parts += (edge, element.text or "") if event == "start" else (edge, element.tail or "")
    return "".join(parts).splitlines()
