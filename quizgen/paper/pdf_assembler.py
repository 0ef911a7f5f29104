"""Pages -> PDF: strings the blocks' own content streams together, so that type is set once and printed often.

A page's ``/Contents`` is an array of streams, shared between pages as indirect objects: a block's, then
a few bytes that move the origin to the next, and so on; all pages share one ``/Resources``. (Blocks as form
XObjects would look the same, but make poppler read the fonts again for each.) Lengths are in hundredths of a
point here, so that the same move is always the same bytes.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TypeAlias

from msgspec import Struct

from quizgen.paper.design import Page
from quizgen.paper.pdf import PdfFile, Reference, text_string
from quizgen.paper.renderer import About
from quizgen.paper.strips import Placed
from quizgen.paper.typesetter import REPEATED_KINDS, Box, PieceId, Typeset

FAN_OUT = 50
"""How many children a node of the page tree has, so that readers find any page at once."""


class ContentFragment(Struct, frozen=True):
    """Blocks in their places, ready to be printed anywhere: ``lead``, then the streams of ``body``, then ``tail``.

    Both ends are what moves and what is repeated stand before the first and after the last of the shared
    streams; the origin ends up ``dx`` to the right and ``dy`` below where it was.
    """

    lead: bytes
    body: bytes
    tail: bytes
    dx: int
    dy: int


PlacedFragment: TypeAlias = tuple[ContentFragment, float, float]
"""A fragment on a page, its origin in points from the page's top left."""


class Bookmark(Struct, frozen=True):
    """A line of the outline: where it leads to, counted from the first page, 0."""

    title: str
    page: int


class PdfAssembler:
    """Assembles the pages of a PDF from blocks, as the typesetter painted them."""

    def __init__(self, typeset: Typeset, page: Page) -> None:
        self._file = PdfFile(typeset.small, typeset.streams)
        self._page = page
        self._top = _move(0, -_hundredths(page.height))
        self._resources = typeset.resources
        self._blocks = typeset.blocks
        self._shared: dict[bytes, Reference] = {}
        self._pages: list[Reference] = []
        self._parents: list[Reference] = []

    @property
    def count(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    def fragment(self, setting: int, placed: Sequence[Placed]) -> ContentFragment:
        """Prepare blocks of one setting, in the order in which they are to be read."""
        body: list[Reference] = []
        lead: bytes | None = None
        glue: list[bytes] = []
        x = y = 0
        for item in placed:
            to_x, to_y = _hundredths(item.x), _hundredths(item.y)
            glue.append(_move(to_x - x, to_y - y))
            x, y = to_x, to_y
            block = self._blocks[setting][item.piece]
            if item.piece[0] in REPEATED_KINDS:
                glue.append(block)
                continue
            if lead is None:
                lead = b"".join(glue)
            else:
                body.append(self._stream(b"".join(glue)))
            body.append(self._stream(block))
            glue = []
        rest = b"".join(glue)
        if lead is None:
            return ContentFragment(rest, b"", b"", x, y)
        return ContentFragment(lead, b" ".join(body), rest, x, y)

    def fragment_in_one(self, setting: int, placed: Sequence[Placed]) -> ContentFragment:
        """Prepare blocks that stand together on many pages, as a single stream."""
        glue: list[bytes] = []
        first, *_ = placed
        x, y = start = _hundredths(first.x), _hundredths(first.y)
        for item in placed:
            to_x, to_y = _hundredths(item.x), _hundredths(item.y)
            glue += _move(to_x - x, to_y - y), self._blocks[setting][item.piece]
            x, y = to_x, to_y
        return ContentFragment(_move(*start), self._stream(b"".join(glue)), b"", x, y)

    def scaled(self, setting: int, piece: PieceId, scale: float) -> ContentFragment:
        """Prepare one block, ``scale`` times as large as it was set, so that it need not be set at every size."""
        block = self._blocks[setting][piece]
        return ContentFragment(b"q %g 0 0 %g 0 0 cm\n%bQ\n" % (scale, scale, block), b"", b"", 0, 0)

    def add_page(self, fragments: Sequence[PlacedFragment]) -> None:
        """Add a page; without fragments, a blank one."""
        contents: list[Reference] = []
        shared, stream = self._shared, self._stream
        glue = [self._top]
        x = y = 0
        for fragment, left, top in fragments:
            to_x, to_y = round(left * 100), round(top * 100)
            glue += _move(to_x - x, to_y - y), fragment.lead
            if fragment.body:
                code = b"".join(glue)
                contents += shared.get(code) or stream(code), fragment.body
                glue = [fragment.tail]
            x, y = to_x + fragment.dx, to_y + fragment.dy
        if fragments and (code := b"".join(glue)):
            contents.append(stream(code))
        if len(self._pages) % FAN_OUT == 0:
            self._parents.append(self._file.reserve())
        page = b"<</Type/Page/Parent %b/Contents[%b]>>" % (self._parents[-1], b" ".join(contents))
        self._pages.append(self._file.add(page))

    def finish(self, bookmarks: Sequence[Bookmark], about: About) -> bytes:
        """Return the PDF's bytes: the same for the same pages, bookmarks and description."""
        add = self._file.add
        box = b"0 0 %g %g" % (round(self._page.width, 3), round(self._page.height, 3))
        pages = self._tree(b"/MediaBox[%b]/Resources %b" % (box, self._resources))
        outline = b"/Outlines %b" % self._outline(bookmarks) if bookmarks else b""
        root = add(
            b"<</Type/Catalog/Pages %b%b/Lang%b/ViewerPreferences<</DisplayDocTitle true>>>>"
            % (pages, outline, text_string(about.language))
        )
        author = b"/Author%b" % text_string(about.author) if about.author else b""
        title, producer = text_string(about.title), text_string(about.producer)
        return self._file.write(root, add(b"<</Title%b/Producer%b%b>>" % (title, producer, author)))

    def _stream(self, code: bytes) -> Reference:
        if code not in self._shared:
            self._shared[code] = self._file.add_stream(code)
        return self._shared[code]

    def _tree(self, inherited: bytes) -> Reference:
        """Build a balanced page tree (ISO 32000-1, 7.7.3) over the pages; its root has what all of them inherit."""
        kids, nodes, leaves = self._pages, self._parents, 1
        while True:
            above = [self._file.reserve() for _ in range(0, len(nodes), FAN_OUT)] if len(nodes) > 1 else []
            for index, node in enumerate(nodes):
                own = kids[index * FAN_OUT : (index + 1) * FAN_OUT]
                count = min(len(self._pages) - index * FAN_OUT * leaves, FAN_OUT * leaves)
                more = b"/Parent %b" % above[index // FAN_OUT] if above else inherited
                self._file.fill(node, b"<</Type/Pages/Count %d/Kids[%b]%b>>" % (count, b" ".join(own), more))
            if not above:
                return nodes[0]
            kids, nodes, leaves = nodes, above, leaves * FAN_OUT

    def _outline(self, bookmarks: Sequence[Bookmark]) -> Reference:
        """Chain the bookmarks (ISO 32000-1, 12.3.3)."""
        outline = self._file.reserve()
        items = [self._file.reserve() for _ in bookmarks]
        around = zip([b"", *items], items, [*items[1:], b""], bookmarks, strict=False)
        for before, item, after, bookmark in around:
            self._file.fill(
                item,
                b"<</Title%b/Parent %b/Dest[%b/Fit]%b%b>>"
                % (
                    text_string(bookmark.title),
                    outline,
                    self._pages[bookmark.page],
                    b"/Prev %b" % before if before else b"",
                    b"/Next %b" % after if after else b"",
                ),
            )
        ends = len(items), items[0], items[-1]
        self._file.fill(outline, b"<</Type/Outlines/Count %d/First %b/Last %b>>" % ends)
        return outline


def filled(boxes: Iterable[Box], *, joined: bool = False) -> ContentFragment:
    """Fill boxes with black: rules, marks and the dark squares of a code, which need no type.

    Boxes that touch are ``joined``, so that no reader shows a seam between them.
    """
    end = b" re\n" if joined else b" re f\n"
    listed = b"".join(
        b"%.2f %.2f %.2f %.2f%b" % (box.x, -box.y - box.height, box.width, box.height, end) for box in boxes
    )
    return ContentFragment(b"q 0 g\n%b%bQ\n" % (listed, b"f\n" if joined else b""), b"", b"", 0, 0)


def padded(fragment: ContentFragment, width: float) -> ContentFragment:
    """Let a fragment without shared streams end ``width`` points to the right of where it begins."""
    dx = _hundredths(width)
    return ContentFragment(fragment.lead + _move(dx - fragment.dx, -fragment.dy), b"", b"", dx, 0)


def side_by_side(fragments: Iterable[ContentFragment]) -> ContentFragment:
    """Make one fragment of several without shared streams, each beginning where the one before ends."""
    listed = list(fragments)
    return ContentFragment(
        b"".join([fragment.lead for fragment in listed]), b"", b"", sum(fragment.dx for fragment in listed), 0
    )


def _hundredths(points: float) -> int:
    return round(points * 100)


@cache
def _move(dx: int, dy: int) -> bytes:
    """Move the origin to the right and down, in hundredths of a point."""
    return b"1 0 0 1 %g %g cm\n" % (dx / 100, -dy / 100) if dx or dy else b""
