"""Assembling the pages of a PDF from the content streams of blocks, so that type is set once and printed often.

A page's ``/Contents`` is an array of streams, which pages share as indirect objects: the stream of a block, then a few
bytes that move the origin to the next, and so on. All pages share one ``/Resources``. (Blocks as form XObjects would
look the same, but poppler would read the fonts again for each.) Lengths are in hundredths of a point here, so that the
same move is always the same bytes.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.design import Page
from quizgen.paper.press.pdf_file import PdfFile, Reference, text_string
from quizgen.paper.press.pieces import REPEATED_KINDS, Box, PieceId
from quizgen.paper.press.strips import PlacedBlock
from quizgen.paper.press.structure import Mark, Node, page_elements, row_mark
from quizgen.paper.press.typesetter import PaintedSettings
from quizgen.paper.renderer import About
from quizgen.text.languages import interface_language

FAN_OUT = 100
"""The number of pages in a node of the page tree, so that readers find any page quickly."""


class ContentFragment(Struct, frozen=True):
    """Placed blocks that can be printed anywhere: ``lead``, then the streams of ``body``, then ``tail``.

    ``lead`` and ``tail`` have moves and repeated operators before the first and after the last shared stream. At the end,
    the origin is ``dx`` to the right and ``dy`` below its start. ``marks`` are for screen readers.
    """

    lead: bytes
    body: bytes
    tail: bytes
    dx: int
    dy: int
    marks: tuple[Mark, ...] = ()


PlacedFragment: TypeAlias = tuple[ContentFragment, float, float]
"""A fragment, and its origin on a page in points from the top left."""


class Bookmark(Struct, frozen=True):
    """An entry of the outline, with the index of its page."""

    title: str
    page: int


class Link(NamedTuple):
    """A link on a page: its target ``to``, and its area: left, top, right and bottom in points from the top left."""

    to: str
    area: tuple[float, float, float, float]

    def annotation(self, height: float, said: str = "", more: bytes = b"") -> bytes:
        """Return a link annotation (ISO 32000-1, 12.5.6.5) on a page of this height; ``said`` describes the link."""
        target = b"/A<</S/URI/URI<%b>>>" % self.to.encode().hex().encode()
        return b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/Contents%b%b%b>>" % (
            rectangle(self.area, height),
            text_string(said or self.to),
            target,
            more,
        )


def rectangle(area: tuple[float, float, float, float], height: float) -> bytes:
    """Return an area as a PDF rectangle, counted from the bottom of a page of this height."""
    left, top, right, bottom = area
    edges = (left, height - bottom, right, height - top)
    return b" ".join([b"%g" % round(edge, 2) for edge in edges])


class PdfAssembler:
    """Assembles the pages of a PDF from blocks that the typesetter painted."""

    def __init__(self, typeset: PaintedSettings, page: Page) -> None:
        self._file = PdfFile(typeset.small, typeset.streams)
        self._page = page
        self._top = _move(0, -_hundredths(page.height))
        self._resources = typeset.resources
        self._blocks = typeset.blocks
        self._shared: dict[bytes, Reference] = {}
        self._pages: list[Reference] = []
        self._nodes: list[Reference] = []
        self.is_tagged = typeset.is_tagged
        self._structure = _Structure(self._file, page.height) if typeset.is_tagged else None
        self._times: dict[tuple[int, str, PieceId], int] = {}
        self._numbered: dict[tuple[int, str, PieceId, int], range] = {}
        self._marked: dict[tuple[int, PieceId, range], tuple[bytes, Mark]] = {}
        self._last_marks: dict[int, int] = {}
        self._line_streams: dict[tuple[int, PieceId, int], Reference] = {}

    @property
    def count(self) -> int:
        """The number of pages so far."""
        return len(self._pages)

    def begin(self, title: str) -> None:
        """Begin a part of the document. Screen readers may announce it by its title."""
        if self._structure:
            self._structure.begin(title)

    def fragment(
        self, setting: int, placed: Sequence[PlacedBlock], owner: str = "", *, is_foot: bool = False
    ) -> ContentFragment:
        """Prepare blocks of one setting, in reading order.

        The numbers of marked content depend on block and ``owner``, so that the same fragment made for another page can share
        streams. The same fragment made twice before a page is added has other numbers, since one page may have both. With
        ``is_foot``, screen readers skip the fragment.
        """
        marks: list[Mark] = []
        body: list[Reference] = []
        lead: bytes | None = None
        glue: list[bytes] = []
        x = y = 0
        for item in placed:
            to_x, to_y = _hundredths(item.x), _hundredths(item.y)
            glue.append(_move(to_x - x, to_y - y))
            x, y = to_x, to_y
            block, mark = self._operators(setting, owner, item.piece, is_foot=is_foot)
            marks += [_moved(mark, item.x, item.y)] if mark else []
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
            return ContentFragment(rest, b"", b"", x, y, tuple(marks))
        return ContentFragment(lead, b" ".join(body), rest, x, y, tuple(marks))

    def foot_fragment(self, setting: int, placed: Sequence[PlacedBlock]) -> ContentFragment:
        """Prepare blocks that are together at the foot of many pages, as a single stream."""
        glue: list[bytes] = []
        first, *_ = placed
        x, y = start = _hundredths(first.x), _hundredths(first.y)
        for item in placed:
            to_x, to_y = _hundredths(item.x), _hundredths(item.y)
            block, _ = self._operators(setting, "", item.piece, is_foot=True)
            glue += _move(to_x - x, to_y - y), block
            x, y = to_x, to_y
        return ContentFragment(_move(*start), self._stream(b"".join(glue)), b"", x, y)

    def framed_line(
        self,
        setting: int,
        placed: Sequence[PlacedBlock],
        scale: float,
        frame: Box,
        start: tuple[float, float],
    ) -> ContentFragment:
        """Prepare a line of blocks, scaled by ``scale``, within a frame.

        ``start`` is where the line begins, counted from the corner of the frame. Screen readers skip it.
        """
        body: list[Reference] = []
        edges = [_hundredths(item.x) for item in placed]
        for item, x, to_x in zip(placed, edges, [*edges[1:], edges[-1]], strict=True):
            key = (setting, item.piece, to_x - x)
            if key not in self._line_streams:
                block, _ = self._operators(setting, "", item.piece, is_foot=True)
                self._line_streams[key] = self._stream(block + _move(to_x - x, 0))
            body.append(self._line_streams[key])
        line = b"q %g 0 0 %g %g %g cm\n" % (scale, scale, start[0], -start[1])
        lead = fill_boxes(_edges(frame), joined=True).lead + line
        return ContentFragment(lead, b" ".join(body), b"Q\n", 0, 0)

    def scaled(self, setting: int, piece: PieceId, scale: float) -> ContentFragment:
        """Prepare one block, scaled by ``scale``, so that it need not be set in every size."""
        block, mark = self._operators(setting, "", piece)
        lead = b"q %g 0 0 %g 0 0 cm\n%bQ\n" % (scale, scale, block)
        return ContentFragment(lead, b"", b"", 0, 0, (mark,) if mark else ())

    def picture(self, setting: int, boxes: Sequence[Box], alt: str) -> ContentFragment:
        """Draw a picture of adjacent boxes, with a description ``alt``, for pages with blocks of a setting."""
        drawn = fill_boxes(boxes, joined=True)
        if not self.is_tagged:
            return drawn
        numbers = self._numbers(setting, "", ("picture", alt), 1)
        edges = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes]
        left, top, right, bottom = zip(*edges, strict=True)
        area = min(left), min(top), max(right), max(bottom)
        lead = drawn.lead.replace(b"/Artifact BMC", b"/Figure<</MCID %d>>BDC" % numbers[0], 1)
        return replace(
            drawn, lead=lead, marks=(Mark("picture", Node("Figure", tuple(numbers), alt, area=area)),)
        )

    def add_page(
        self, fragments: Sequence[PlacedFragment], link: Link | None = None, *, across: bool = False
    ) -> None:
        """Add a page; without fragments it is blank. ``across`` means landscape, without links and pictures.

        A tagged page has its links in its structure; on other pages, ``link`` may add one.
        """
        self._times.clear()
        contents: list[Reference] = []
        shared, stream = self._shared, self._stream
        glue = [_move(0, -_hundredths(self._page.width)) if across else self._top]
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
            self._nodes.append(self._file.reserve())
        own = self._file.reserve()
        tags = b""
        if self._structure and fragments:
            marks = [_moved(mark, left, top) for fragment, left, top in fragments for mark in fragment.marks]
            tags = self._structure.add_page(own, marks)
        elif link:
            tags = b"/Annots[%b]" % self._file.add(link.annotation(self._page.height))
        if across:
            tags += b"/MediaBox[0 0 %g %g]" % (round(self._page.height, 3), round(self._page.width, 3))
        page = b"<</Type/Page/Parent %b/Contents[%b]%b>>" % (self._nodes[-1], b" ".join(contents), tags)
        self._file.fill(own, page)
        self._pages.append(own)

    def finish(self, bookmarks: Sequence[Bookmark], about: About) -> bytes:
        """Return the bytes of the PDF: the same for the same pages, bookmarks and description."""
        add = self._file.add
        box = b"0 0 %g %g" % (round(self._page.width, 3), round(self._page.height, 3))
        pages = self._page_tree(b"/MediaBox[%b]/Resources %b" % (box, self._resources))
        outline = b"/Outlines %b" % self._outline(bookmarks) if bookmarks else b""
        tags = b""
        if self._structure:
            metadata = self._file.add_stream(about.xmp(), b"/Type/Metadata/Subtype/XML")
            tags = b"/MarkInfo<</Marked true>>/Metadata %b/StructTreeRoot %b" % (
                metadata,
                self._structure.finish(),
            )
        root = add(
            b"<</Type/Catalog/Pages %b%b/Lang%b/ViewerPreferences<</DisplayDocTitle true>>%b>>"
            % (pages, outline, text_string(interface_language(about.language)), tags)
        )
        author = b"/Author%b" % text_string(about.author) if about.author else b""
        title, producer = text_string(about.title), text_string(about.producer)
        return self._file.write(root, add(b"<</Title%b/Producer%b%b>>" % (title, producer, author)))

    def _operators(
        self, setting: int, owner: str, piece: PieceId, *, is_foot: bool = False
    ) -> tuple[bytes, Mark | None]:
        """Return the operators that draw a block, and its mark for screen readers."""
        block = self._blocks[setting][piece]
        if not block.roles or is_foot:
            return block.as_foot(), None
        numbers = self._numbers(setting, owner, piece, len(block.roles))
        key = (setting, piece, numbers)
        if key not in self._marked:
            self._marked[key] = block.operators(numbers), Mark(piece[0], block.node.renumbered(numbers))
        return self._marked[key]

    def _numbers(self, setting: int, owner: str, piece: PieceId, count: int) -> range:
        """Return numbers for marked content, counted for each setting."""
        times = self._times[setting, owner, piece] = self._times.get((setting, owner, piece), 0) + 1
        key = (setting, owner, piece, times)
        if key not in self._numbered:
            first = self._last_marks.get(setting, 0)
            self._last_marks[setting] = first + count
            self._numbered[key] = range(first, first + count)
        return self._numbered[key]

    def _stream(self, code: bytes) -> Reference:
        if code not in self._shared:
            self._shared[code] = self._file.add_stream(code)
        return self._shared[code]

    def _page_tree(self, inherited: bytes) -> Reference:
        """Build the page tree (ISO 32000-1, 7.7.3): a root with what all pages inherit, and nodes of pages."""
        root = self._file.reserve()
        for index, node in enumerate(self._nodes):
            own = self._pages[index * FAN_OUT : (index + 1) * FAN_OUT]
            kids = b" ".join(own)
            self._file.fill(node, b"<</Type/Pages/Count %d/Kids[%b]/Parent %b>>" % (len(own), kids, root))
        kids = b" ".join(self._nodes)
        self._file.fill(root, b"<</Type/Pages/Count %d/Kids[%b]%b>>" % (len(self._pages), kids, inherited))
        return root

    def _outline(self, bookmarks: Sequence[Bookmark]) -> Reference:
        """Build the outline (ISO 32000-1, 12.3.3) from the bookmarks."""
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


def fill_boxes(boxes: Iterable[Box], *, joined: bool = False) -> ContentFragment:
    """Fill boxes with black: rules, marks and the dark squares of a code, which need no type.

    Adjacent boxes can be ``joined``, so that readers show no seams between them.
    """
    end = b" re\n" if joined else b" re f\n"
    listed = b"".join(
        b"%.2f %.2f %.2f %.2f%b" % (box.x, -box.y - box.height, box.width, box.height, end) for box in boxes
    )
    return ContentFragment(
        b"/Artifact BMC q 0 g\n%b%bQ EMC\n" % (listed, b"f\n" if joined else b""), b"", b"", 0, 0
    )


def _edges(frame: Box) -> list[Box]:
    """Return the four lines of a frame, inside it, one point thick."""
    x, y, width, height = frame.x, frame.y, frame.width, frame.height
    return [
        Box(x, y, width, 1),
        Box(x, y + height - 1, width, 1),
        Box(x, y, 1, height),
        Box(x + width - 1, y, 1, height),
    ]


class _Structure:
    """The structure tree (ISO 32000-1, 14.7): a document in parts, with the elements of their pages."""

    def __init__(self, file: PdfFile, height: float) -> None:
        self._file = file
        self._height = height
        self._document = file.reserve()
        self._parts: list[tuple[Reference, str, list[Reference]]] = []
        self._parent_tree: list[Reference] = []
        """The parent tree: the elements of pages and of annotations, by their numbers."""

    def begin(self, title: str) -> None:
        """Begin a part."""
        self._parts.append((self._file.reserve(), title, []))

    def add_page(self, page: Reference, marks: Sequence[Mark]) -> bytes:
        """Add the elements of a page, and return the entries for the page's dictionary."""
        if not self._parts:
            self.begin("")
        part, _, kids = self._parts[-1]
        owners: dict[int, Reference] = {}
        notes: list[Reference] = []
        kids += [self._add(node, part, page, owners, notes) for node in page_elements(marks)]
        listed = [owners.get(number, b"null") for number in range(max(owners, default=-1) + 1)]
        self._parent_tree.append(self._file.add(b"[%b]" % b" ".join(listed)))
        annotations = b"/Annots[%b]" % b" ".join(notes) if notes else b""
        return b"/Tabs/S/StructParents %d%b" % (len(self._parent_tree) - 1, annotations)

    def finish(self) -> Reference:
        """Complete the tree, and return its root."""
        file = self._file
        root = file.reserve()
        for part, title, kids in self._parts:
            named = b"/T%b" % text_string(title) if title else b""
            file.fill(part, b"<</S/Part/P %b%b/K[%b]>>" % (self._document, named, b" ".join(kids)))
        parts = b" ".join([part for part, _, _ in self._parts])
        file.fill(self._document, b"<</S/Document/P %b/K[%b]>>" % (root, parts))
        leaves = []
        for start in range(0, len(self._parent_tree), FAN_OUT):
            some = list(enumerate(self._parent_tree[start : start + FAN_OUT], start))
            numbers = b" ".join([b"%d %b" % each for each in some])
            leaves.append(file.add(b"<</Limits[%d %d]/Nums[%b]>>" % (start, some[-1][0], numbers)))
        found = file.add(b"<</Kids[%b]>>" % b" ".join(leaves))
        more = b"/ParentTreeNextKey %d" % len(self._parent_tree)
        file.fill(root, b"<</Type/StructTreeRoot/K %b/ParentTree %b%b>>" % (self._document, found, more))
        return root

    def _add(
        self,
        node: Node,
        parent: Reference,
        page: Reference,
        owners: dict[int, Reference],
        notes: list[Reference],
    ) -> Reference:
        """Add an element with all its kids. Fills ``owners`` (the element of each marked content) and ``notes`` (links)."""
        own = self._file.reserve()
        kids: list[bytes] = []
        for kid in node.kids:
            if isinstance(kid, int):
                owners[kid] = own
                kids.append(b"%d" % kid)
            else:
                kids.append(self._add(kid, own, page, owners, notes))
        if node.link:
            notes.append(self._link(node))
            self._parent_tree.append(own)
            kids.append(b"<</Type/OBJR/Obj %b/Pg %b>>" % (notes[-1], page))
        more = node.entries()
        if node.role == "Figure" and node.area:
            more += b"/A<</O/Layout/BBox[%b]>>" % rectangle(node.area, self._height)
        if len(node.kids) > sum(isinstance(kid, Node) for kid in node.kids):
            more += b"/Pg %b" % page
        self._file.fill(own, b"<</S/%b/P %b%b/K[%b]>>" % (node.role.encode(), parent, more, b" ".join(kids)))
        return own

    def _link(self, node: Node) -> Reference:
        """Add the annotation of a link, which gets the next number in the parent tree."""
        link = Link(node.link, node.area or (0, 0, 0, 0))
        return self._file.add(
            link.annotation(self._height, node.alt, b"/StructParent %d" % len(self._parent_tree))
        )


def pad(fragment: ContentFragment, width: float) -> ContentFragment:
    """Return a fragment without shared streams that ends ``width`` points to the right of its start."""
    dx = _hundredths(width)
    return ContentFragment(
        fragment.lead + _move(dx - fragment.dx, -fragment.dy), b"", b"", dx, 0, fragment.marks
    )


def table_row(cells: Iterable[ContentFragment], *, is_head: bool) -> ContentFragment:
    """Make a table row of cells without shared streams, each beginning where the previous one ends."""
    listed = list(cells)
    lead = b"".join([cell.lead for cell in listed])
    marks = row_mark([cell.marks for cell in listed], is_head=is_head)
    return ContentFragment(lead, b"", b"", sum(cell.dx for cell in listed), 0, marks)


def _moved(mark: Mark, x: float, y: float) -> Mark:
    return Mark(mark.kind, mark.node.moved(x, y)) if mark.node.has_area else mark


def _hundredths(points: float) -> int:
    return round(points * 100)


@cache
def _move(dx: int, dy: int) -> bytes:
    """Return the operator that moves the origin right and down, in hundredths of a point."""
    return b"1 0 0 1 %g %g cm\n" % (dx / 100, -dy / 100) if dx or dy else b""
