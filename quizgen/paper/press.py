"""Pages -> PDF: strings the blocks' own content streams together, so that type is set once and printed often.

A page's ``/Contents`` is an array of blocks' streams, shared between pages as indirect objects, with a
few bytes between them that move the origin; all pages share one ``/Resources``. (Blocks as form XObjects
would look the same, but make poppler read the fonts again for each.)
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from quizgen.paper.design import Page

if TYPE_CHECKING:
    import pikepdf

Stamp: TypeAlias = tuple[int, float, float]
"""A block on a page: the number of its page in the typesetter's PDF, and its top left in points."""


class Bookmark(Struct, frozen=True):
    """A line of the outline: where it leads to, counted from the first page, 0."""

    title: str
    page: int


class About(Struct, frozen=True):
    """What a PDF says of itself."""

    title: str
    author: str
    language: str
    producer: str


def press(
    typeset: bytes, sheets: Sequence[Sequence[Stamp]], page: Page, bookmarks: Sequence[Bookmark], about: About
) -> bytes:
    """Print sheets: the PDF's bytes, the same for the same arguments."""
    import pikepdf  # noqa: PLC0415  only the press needs it
    from pikepdf import Array, Dictionary, Name  # noqa: PLC0415

    with pikepdf.open(io.BytesIO(typeset)) as pdf:
        blocks = list(pdf.pages)
        streams = [block.Contents for block in blocks]
        heights = [float(block.mediabox[3]) for block in blocks]
        resources = blocks[0].Resources
        moves: dict[bytes, pikepdf.Object] = {}

        def move(code: bytes) -> pikepdf.Object:
            if code not in moves:
                moves[code] = pdf.make_stream(code)
            return moves[code]

        printed = []
        for sheet in sheets:
            contents = Array()
            leave = b""
            for number, x, y in sheet:
                at = b"q 1 0 0 1 %.2f %.2f cm" % (x, page.height - y - heights[number])
                contents.append(move(leave + at))
                contents.append(streams[number])
                leave = b"Q "
            contents.append(move(leave))
            printed.append(
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Page,
                        MediaBox=[0, 0, round(page.width, 3), round(page.height, 3)],
                        Resources=resources,
                        Contents=contents,
                    )
                )
            )
        del pdf.pages[:]
        for item in printed:
            pdf.pages.append(pikepdf.Page(item))
        _describe(pdf, bookmarks, about)
        output = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(output, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return output.getvalue()


def _describe(pdf: "pikepdf.Pdf", bookmarks: Sequence[Bookmark], about: About) -> None:
    from pikepdf import Dictionary, OutlineItem  # noqa: PLC0415

    with pdf.open_outline() as outline:
        outline.root[:] = [OutlineItem(bookmark.title, bookmark.page) for bookmark in bookmarks]
    pdf.docinfo["/Title"] = about.title
    pdf.docinfo["/Producer"] = about.producer
    if about.author:
        pdf.docinfo["/Author"] = about.author
    pdf.Root.Lang = about.language
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
