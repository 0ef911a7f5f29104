"""The main text of an HTML page, without its menus, its related links and its small print."""

import re

from quizgen.source.clean import without_breaks

_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]|&#(?:0*(?:\d|[12]\d|3[01])|x0*1?[\da-f]);", re.IGNORECASE)
_PART = re.compile(r"<(?:head|body|p|div|article|section)\b[^<>]*>", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Whether this is HTML, page or fragment, and not plain text into which some tags strayed."""
    if _PAGE.search(text, 0, 2000):
        return True
    return text.lstrip().startswith("<") and len(_PART.findall(text)) > 1


def main_text(page: str) -> tuple[str, list[str]]:
    """Return a page's title ("" if it has none) and the paragraphs of its main text, in order."""
    from lxml.etree import ParserError, strip_elements  # noqa: PLC0415  slow to load, and so is what follows
    from lxml.html import HTMLParser, document_fromstring  # noqa: PLC0415
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.metadata import extract_title  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    # lxml and trafilatura give up on control characters.
    page = without_breaks(_CONTROL.sub(" ", page))
    try:
        # Bytes of our own making: whatever encoding the page declares has been seen to.
        tree = document_fromstring(page.encode(), parser=HTMLParser(encoding="utf-8"))
    except ParserError:  # nothing in it
        return "", []
    strip_elements(tree, "rt", "rp", with_tail=False)  # readings set above characters
    title = extract_title(tree) or ""
    document = bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    text = document.text if isinstance(document, Document) else None
    return title, (text or "").splitlines()
