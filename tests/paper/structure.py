"""What a tagged PDF says to somebody who cannot see it, read by pdfium, which did not write it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the page's bottom left."""


class HandoutContent(NamedTuple):
    """What stands on a page within one pair of marks: its text, "" for a picture or a line, and where."""

    page: int
    text: str
    box: Box


class Element(NamedTuple):
    """A structure element on one page. ``kids`` are in the order of reading."""

    role: str
    alt: str
    lang: str
    kids: list[Element | HandoutContent]

    def all(self) -> Iterator[Element]:
        """Return it, and all elements in it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.all()

    def contents(self) -> Iterator[HandoutContent]:
        """Return what is in it, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.contents()
            else:
                yield kid

    @property
    def text(self) -> str:
        """Return all its text, without spaces."""
        return "".join("".join(content.text.split()) for content in self.contents())


class Structure(NamedTuple):
    """A document: the elements of each page, and what is on a page but neither in an element nor decoration."""

    pages: list[list[Element]]
    loose: list[HandoutContent]

    def all(self) -> list[Element]:
        """Return all elements, from the first page to the last."""
        return [each for page in self.pages for element in page for each in element.all()]

    def roles(self, *roles: str) -> list[Element]:
        """Return the elements with one of these roles."""
        return [each for each in self.all() if each.role in roles]


_BLOCKS = frozenset(("P", "L", "LI", "LBody", "H1", "H2", "H3", "Table", "TR", "TD", "Div", "Sect", "Part"))


def short_ends(read: Structure) -> list[str]:
    """List what stands alone in the last line of a paragraph: a short word, or one or two Chinese characters."""
    found = []
    for each in read.all():
        if each.role not in _BLOCKS or any(kid.role in _BLOCKS for kid in each.all() if kid is not each):
            continue
        lines: list[str] = []
        bottom = -inf
        for content in filter(lambda it: it.text.strip(), each.contents()):
            if lines and (content.box[1] + content.box[3]) / 2 > bottom:
                lines[-1] += content.text
            else:
                lines.append(content.text)
                bottom = content.box[1]
        last = "".join(re.findall(r"\w| ", lines[-1])).strip() if len(lines) > 1 else ""
        letters = _SHORT_HAN if re.search("[\u4e00-\u9fff]", last) else _SHORT_WORD
        if last and " " not in last and len(last) <= letters and not last.isdigit():
            found.append(f"{lines[-2]}|{lines[-1]}")
    return found


_SHORT_HAN, _SHORT_WORD = 2, 7


def structure(pdf: bytes) -> Structure:
    """Read the structure of a PDF."""
    pages, loose = [], []
    document = pdfium.PdfDocument(pdf)
    for number, page in enumerate(document):
        marked: dict[int, HandoutContent] = {}
        for content, mark in _contents(page, number):
            if mark < 0:
                loose.append(content)
            elif mark in marked:
                marked[mark] = _joined(marked[mark], content)
            else:
                marked[mark] = content
        tree = raw.FPDF_StructTree_GetForPage(page)
        count = raw.FPDF_StructTree_CountChildren(tree)
        pages.append(
            [_element(raw.FPDF_StructTree_GetChildAtIndex(tree, index), marked) for index in range(count)]
        )
        raw.FPDF_StructTree_Close(tree)
        loose += marked.values()  # what is left over
    return Structure(pages, loose)


def _contents(page: pdfium.PdfPage, number: int) -> Iterator[tuple[HandoutContent, int]]:
    """Return all but decoration, each with the number of its mark, or -1."""
    texts = page.get_textpage()
    for each in page.get_objects(max_depth=1):
        marks = [
            _mark_name(raw.FPDFPageObj_GetMark(each, index))
            for index in range(raw.FPDFPageObj_CountMarks(each))
        ]
        if "Artifact" in marks:
            assert marks == ["Artifact"], "decoration within content, or content within decoration"
            continue
        text = _string(raw.FPDFTextObj_GetText, each, texts) if each.type == raw.FPDF_PAGEOBJ_TEXT else ""
        yield HandoutContent(number, text, each.get_bounds()), raw.FPDFPageObj_GetMarkedContentID(each)


def _element(handle: Any, marked: dict[int, HandoutContent]) -> Element:
    kids: list[Element | HandoutContent] = []
    for index in range(raw.FPDF_StructElement_CountChildren(handle)):
        if kid := raw.FPDF_StructElement_GetChildAtIndex(handle, index):
            kids.append(_element(kid, marked))
        elif (mark := raw.FPDF_StructElement_GetChildMarkedContentID(handle, index)) in marked:
            kids.append(marked.pop(mark))
    role, alt, lang = (
        _string(read, handle)
        for read in (
            raw.FPDF_StructElement_GetType,
            raw.FPDF_StructElement_GetAltText,
            raw.FPDF_StructElement_GetLang,
        )
    )
    return Element(role, alt, lang, kids)


def _string(read: Any, *of: Any) -> str:
    """Read a text from pdfium, which is asked for its length, in bytes, first."""
    length = read(*of, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(*of, ctypes.cast(buffer, read.argtypes[-2]), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _mark_name(mark: Any) -> str:
    buffer, length = (ctypes.c_ushort * 20)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer)[: length.value].decode("utf-16-le").rstrip("\0")


def _joined(one: HandoutContent, other: HandoutContent) -> HandoutContent:
    left, bottom, right, top = zip(one.box, other.box, strict=True)
    return HandoutContent(one.page, one.text + other.text, (min(left), min(bottom), max(right), max(top)))
