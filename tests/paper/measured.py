"""A printed page, measured in millimetres as somebody with a ruler would."""

from typing import NamedTuple

import pypdfium2 as pdfium

from quizgen.paper.design import MM


class Drawn(NamedTuple):
    """What is drawn, in millimetres from the top left of the page."""

    x: float
    y: float
    width: float
    height: float

    def is_about(self, width: float, height: float, within: float = 0.4) -> bool:
        """Return whether it is as large as that; a line has a width of its own."""
        return abs(self.width - width) < within and abs(self.height - height) < within


def drawn(pdf: bytes, page: int = 0, kind: int = pdfium.raw.FPDF_PAGEOBJ_PATH) -> list[Drawn]:
    """List what a page draws of one kind: lines and boxes, unless another is asked for."""
    sheet = pdfium.PdfDocument(pdf)[page]
    tall = sheet.get_height()
    return [
        Drawn(left / MM, (tall - top) / MM, (right - left) / MM, (top - bottom) / MM)
        for left, bottom, right, top in (item.get_bounds() for item in sheet.get_objects(filter=[kind]))
    ]


def keeps_edges_free(pdf: bytes, margin: float = 5) -> bool:
    """Return whether nothing stands within so many millimetres of any edge, where office printers print nothing."""
    return all(
        margin * MM < left and margin * MM < bottom and right < page.get_width() - margin * MM
        and top < page.get_height() - margin * MM
        for page in pdfium.PdfDocument(pdf)
        for left, bottom, right, top in (item.get_bounds() for item in page.get_objects())
    )  # fmt: skip
