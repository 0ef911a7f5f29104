"""Extract the main text of an HTML page, without menus, links to other articles and small print."""

import re
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from quizgen.source.clean import BLOCK, join_chinese_lines

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow (XML 1.0, 2.2), so that lxml and trafilatura refuse them."""

_TAG = re.compile(r"<([a-z][\w:-]*)[^<>]*>", re.IGNORECASE)
_MAX_TAG_LENGTH = 10_000
"""The length of the longest tag whose attributes are parsed, which takes quadratic time. Attributes are never text."""
_PUBLISHER_NAMES = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_DATE_NAMES = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "pubdate",
    "date",
)
"""The names under which pages say who publishes them, and when; the most reliable first."""
_ISO_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_PART = re.compile(r"<(?:head|body|p|div|article|section)\b[^<>]*>", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Return whether a text is an HTML page or a part of one, and not plain text with a few tags."""
    if _PAGE.search(text, 0, 2000):
        return True
    return text.lstrip().startswith("<") and len(_PART.findall(text)) > 1


class ExtractedPage(NamedTuple):
    """The text of an HTML page: its title, the paragraphs of its main text, and all its lines, including menus.

    ``publisher``, ``date`` and ``language`` are what the page says about itself in its head. They and the title are ""
    if the page does not say.
    """

    title: str
    paragraphs: list[str]
    lines: list[str]
    publisher: str = ""
    date: str = ""
    language: str = ""


def extract_main_text(page: str) -> ExtractedPage:
    """Extract the title, the main text and all lines of an HTML page."""
    from lxml.etree import ParserError, strip_elements  # noqa: PLC0415  slow to load, and so is what follows
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.metadata import extract_title  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    page = join_chinese_lines(_CONTROL.sub(" ", page))
    page = _TAG.sub(lambda tag: f"<{tag[1]}>" if len(tag[0]) > _MAX_TAG_LENGTH else tag[0], page)
    try:
        # We encode the page ourselves, so the encoding that it declares does not matter.
        tree = document_fromstring(page.encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:  # an empty page
        return ExtractedPage("", [], [])
    _remove_control_characters(tree)
    strip_elements(tree, "rt", "rp", with_tail=False)  # readings above characters
    lines = _lines_of_all_blocks(tree)
    title = extract_title(tree) or ""
    publisher, date = _first_content(tree, _PUBLISHER_NAMES), _first_content(tree, _DATE_NAMES)
    language = tree.get("lang", "") if tree.tag == "html" else ""
    document = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    text = document.text if isinstance(document, Document) else None
    day = _ISO_DATE.match(date)
    return ExtractedPage(
        title, (text or "").splitlines(), lines, " ".join(publisher.split()), day[0] if day else "", language
    )


def _first_content(tree: "HtmlElement", names: tuple[str, ...]) -> str:
    """Return the content of the first ``meta`` element of a page that has one of these names, or ""."""
    contents = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get(
            "content", ""
        )
        for meta in reversed(list(tree.iter("meta")))
    }
    return next((contents[name] for name in names if contents.get(name, "").strip()), "")


def _remove_control_characters(tree: "HtmlElement") -> None:
    """Remove control characters that a page has as numeric references, such as ``&#12;``."""
    for element in tree.iter():
        for part in ("text", "tail"):
            if _CONTROL.search(words := getattr(element, part) or ""):
                setattr(element, part, _CONTROL.sub(" ", words))


def _lines_of_all_blocks(tree: "HtmlElement") -> list[str]:
    """Return the text of each block element of a page as a line, whether or not it belongs to the main text."""
    from lxml.etree import Comment, iterwalk, strip_elements  # noqa: PLC0415

    tree = deepcopy(tree)
    strip_elements(tree, Comment, "script", "style", "template", with_tail=False)
    parts: list[str] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        edge = "\n" if BLOCK.fullmatch(str(element.tag)) else ""
        parts += (edge, element.text or "") if event == "start" else (edge, element.tail or "")
    return "".join(parts).splitlines()
