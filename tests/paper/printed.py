"""What is printed where, read back from a PDF by pdfium, which did not write it."""

from __future__ import annotations

import ctypes
import io
import re
from typing import NamedTuple

import pikepdf
import pypdfium2 as pdfium
import segno
from pypdfium2 import raw

from quizgen.paper.design import MM


class Run(NamedTuple):
    """Characters set by one operator: where they stand, in millimetres from the page's top left, and their size, in points."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def runs(pdf: bytes) -> list[Run]:
    """Return all text, in the order in which it is painted."""
    found = []
    for number, page in enumerate(pdfium.PdfDocument(pdf)):
        texts, height = page.get_textpage(), page.get_height()
        for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=4):
            length = raw.FPDFTextObj_GetText(each, texts, None, 0)
            buffer = (ctypes.c_ushort * length)()
            raw.FPDFTextObj_GetText(each, texts, buffer, length * 2)
            text = bytes(buffer).decode("utf-16-le").rstrip("\0")
            size = ctypes.c_float()
            raw.FPDFTextObj_GetFontSize(each, size)
            left, bottom, right, top = each.get_bounds()
            scale = abs(each.get_matrix().d) or abs(each.get_matrix().b)
            box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
            found.append(Run(number, text, *box, round(size.value * scale, 2)))
    return found


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of each page, in millimetres."""
    return [
        (round(page.get_width() / MM, 1), round(page.get_height() / MM, 1))
        for page in pdfium.PdfDocument(pdf)
    ]


_HAN_WESTERN = re.compile("(?=([\u4e00-\u9fff] ?[0-9A-Za-z]|[0-9A-Za-z] ?[\u4e00-\u9fff]))")


def apart(pdf: bytes) -> list[tuple[str, float]]:
    """List where Han and Western meet in a line: the two characters, and the white between their ink by the size of the type.

    Without space between them that is 0.02 to 0.15, or 0.27 where both are narrow in their squares.
    """
    found = []
    for page in pdfium.PdfDocument(pdf):
        texts = page.get_textpage()
        # pdfium makes up a blank between characters that are placed one by one, as in the foot.
        set_ = [index for index in range(texts.count_chars()) if not raw.FPDFText_IsGenerated(texts, index)]
        text = "".join(chr(raw.FPDFText_GetUnicode(texts, index)) for index in set_)
        for pair in _HAN_WESTERN.finditer(text):
            index, following = set_[pair.start()], set_[pair.end(1) - 1]
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(texts, index, matrix)
            size = raw.FPDFText_GetFontSize(texts, index) * (abs(matrix.d) or abs(matrix.b))
            (_, low, end, high), (start, other, _, _) = map(texts.get_charbox, (index, following))
            if (
                low < other + size and other < high and end < start + size
            ):  # else they stand in different lines or columns
                found.append((pair[1].replace(" ", ""), (start - end) / size))
    return found


def squeezed(text: str) -> str:
    """Leave out white space, and the marks of hyphens that pdfium reads at the ends of lines."""
    return re.sub(r"[\s\ufffe]", "", text)


def text_of(pdf: bytes, *pages: int) -> str:
    """Return the text of some pages, or all, without white space."""
    document = pdfium.PdfDocument(pdf)
    return "".join(
        squeezed(document[page].get_textpage().get_text_range()) for page in pages or range(len(document))
    )


def links_of(pdf: bytes, page: int = 0) -> list[tuple[str, tuple[float, float, float, float]]]:
    """List where a page leads to, and where one clicks for it: left, top, right and bottom in millimetres."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        height = float(document.pages[page].MediaBox[3]) / MM
        found = []
        for note in document.pages[page].get("/Annots", []):
            left, right, low, high = (
                edge for side in (0, 1) for edge in sorted(float(x) / MM for x in list(note.Rect)[side::2])
            )
            found.append((str(note.A.URI), (left, height - high, right, height - low)))
        return found


def qr_code_of(pdf: bytes, link: str, page: int = 0) -> tuple[float, float]:
    """Find a link's QR code as it is drawn, module by module, with four white modules around it.

    Return its width and that of a module, in millimetres. Fails where there is none.
    """
    matrix = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    count = len(matrix)
    scale = 4.0
    image = pdfium.PdfDocument(pdf)[page].render(scale=scale, grayscale=True).to_pil()
    height = image.height / scale
    for each in pdfium.PdfDocument(pdf)[page].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=6):
        module, _, _, _, left, top = each.get_matrix().get()  # it is drawn in modules from its top left
        if module < 1:
            continue

        def dark(row: int, column: int) -> bool:
            x, y = left + (column + 0.5) * module, height - top + (row + 0.5) * module  # noqa: B023  called here
            return bool(image.getpixel((int(x * scale), int(y * scale))) < 128)

        drawn = [[int(dark(row, column)) for column in range(-4, count + 4)] for row in range(-4, count + 4)]
        white = [[0] * (count + 8)] * 4
        if drawn == [*white, *([0] * 4 + row + [0] * 4 for row in matrix), *white]:
            return count * module / MM, module / MM
    raise AssertionError(f"no QR code of {link}")
