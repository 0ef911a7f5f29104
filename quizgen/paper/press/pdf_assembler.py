"""Assemble the pages of a PDF from the content streams of blocks, so that each block is typeset once and printed often.

The ``/Contents`` of a page is an array of streams that pages share: the stream of a block, then a few bytes that move
the origin to the next block, and so on. All pages share one ``/Resources``. (Blocks as form XObjects would look the
same, but poppler would read the fonts again for each.) Lengths are in hundredths of a point here, so that the same
move always has the same bytes.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.design import Page
from quizgen.paper.press.elements import REPEATED_KINDS, Box, ElementId
from quizgen.paper.press.pdf_file import PdfFile, Reference, pdf_text_string
from quizgen.paper.press.strips import PlacedBlock
from quizgen.paper.press.structure import StructureNode, TaggedBlock, build_page_structure, tag_table_row
from quizgen.paper.press.typesetter import PaintedGroups
from quizgen.paper.renderer import PdfMetadata
from quizgen.text.languages import interface_language

FAN_OUT = 100
"""The number of pages in a node of the page tree, so that readers find any page quickly."""


class ContentFragment(Struct, frozen=True):
    """Placed blocks as PDF content: ``lead``, then the streams of ``body``, then ``tail``.

    ``lead`` and ``tail`` have the moves and operators before the first and after the last shared stream. At the end,
    the origin is ``dx`` right of and ``dy`` below its start. ``tagged_blocks`` are for screen readers.
    """

    lead: bytes
    body: bytes
    tail: bytes
    dx: int
    dy: int
    tagged_blocks: tuple[TaggedBlock, ...] = ()


PlacedFragment: TypeAlias = tuple[ContentFragment, float, float]
"""A fragment, and its origin on a page in points from the top left."""


class Bookmark(Struct, frozen=True):
    """An entry of the PDF's outline, and the index of its page."""

    title: str
    page: int


class Link(NamedTuple):
    """A link on a page.

    ``to`` is its address. ``area`` is left, top, right and bottom, in points from the top left of the page.
    """

    to: str
    area: tuple[float, float, float, float]

    def annotation(self, height: float, description: str = "", extra_entries: bytes = b"") -> bytes:
        """Return the link's annotation (ISO 32000-1, 12.5.6.5) on a page of this height.

        Screen readers read the ``description``.
        """
        target = b"/A<</S/URI/URI<%b>>>" % self.to.encode().hex().encode()
        return b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/Contents%b%b%b>>" % (
            pdf_rectangle(self.area, height),
            pdf_text_string(description or self.to),
            target,
            extra_entries,
        )


def pdf_rectangle(area: tuple[float, float, float, float], height: float) -> bytes:
    """Return an area as a PDF rectangle, which is measured from the bottom of a page of this height."""
    left, top, right, bottom = area
    edges = (left, height - bottom, right, height - top)
    return b" ".join([b"%g" % round(edge, 2) for edge in edges])


class PdfAssembler:
    """Assembles the pages of a PDF from painted blocks."""

    def __init__(self, painted: PaintedGroups, page: Page) -> None:
        self._file = PdfFile(painted.small, painted.streams)
        self._page = page
        self._top = _move_operator(0, -_to_hundredths(page.height))
        self._resources = painted.resources
        self._blocks = painted.blocks
        self._shared: dict[bytes, Reference] = {}
        self._pages: list[Reference] = []
        self._nodes: list[Reference] = []
        self.is_tagged = painted.is_tagged
        self._structure = _StructureTree(self._file, page.height) if painted.is_tagged else None
        self._times: dict[tuple[int, str, ElementId], int] = {}
        self._numbered: dict[tuple[int, str, ElementId, int], range] = {}
        self._tagged_operators: dict[tuple[int, ElementId, range], tuple[bytes, TaggedBlock]] = {}
        self._last_numbers: dict[int, int] = {}
        self._line_streams: dict[tuple[int, ElementId, int], Reference] = {}

    @property
    def page_count(self) -> int:
        """The number of pages added so far."""
        return len(self._pages)

    def begin_part(self, title: str) -> None:
        """Begin a part of the document, whose title screen readers can announce."""
        if self._structure:
            self._structure.begin_part(title)

    def make_fragment(
        self, group_index: int, placed: Sequence[PlacedBlock], owner: str = "", *, is_foot: bool = False
    ) -> ContentFragment:
        """Return a fragment of blocks from one typeset group, in reading order.

        ``owner`` tells equal blocks apart: for the same block and owner, marked content gets the same numbers on each
        page, so that pages share streams. Within a page, a block that occurs twice gets other numbers. With
        ``is_foot``, screen readers skip it.
        """
        marks: list[TaggedBlock] = []
        body: list[Reference] = []
        lead: bytes | None = None
        glue: list[bytes] = []
        x = y = 0
        for item in placed:
            to_x, to_y = _to_hundredths(item.x), _to_hundredths(item.y)
            glue.append(_move_operator(to_x - x, to_y - y))
            x, y = to_x, to_y
            block, mark = self._block_operators(group_index, owner, item.element_id, is_foot=is_foot)
            marks += [_move_tagged_block(mark, item.x, item.y)] if mark else []
            if item.element_id[0] in REPEATED_KINDS:
                glue.append(block)
                continue
            if lead is None:
                lead = b"".join(glue)
            else:
                body.append(self._shared_stream(b"".join(glue)))
            body.append(self._shared_stream(block))
            glue = []
        rest = b"".join(glue)
        if lead is None:
            return ContentFragment(rest, b"", b"", x, y, tuple(marks))
        return ContentFragment(lead, b" ".join(body), rest, x, y, tuple(marks))

    def make_foot_fragment(self, group_index: int, placed: Sequence[PlacedBlock]) -> ContentFragment:
        """Return a fragment of blocks that stand together at the foot of many pages, as a single stream."""
        glue: list[bytes] = []
        first, *_ = placed
        x, y = start = _to_hundredths(first.x), _to_hundredths(first.y)
        for item in placed:
            to_x, to_y = _to_hundredths(item.x), _to_hundredths(item.y)
            block, _ = self._block_operators(group_index, "", item.element_id, is_foot=True)
            glue += _move_operator(to_x - x, to_y - y), block
            x, y = to_x, to_y
        return ContentFragment(_move_operator(*start), self._shared_stream(b"".join(glue)), b"", x, y)

    def make_framed_line(
        self,
        group_index: int,
        placed: Sequence[PlacedBlock],
        scale: float,
        frame: Box,
        start: tuple[float, float],
    ) -> ContentFragment:
        """Return a fragment with a line of blocks, scaled by ``scale``, in a frame. Screen readers skip it.

        ``start`` is the position of the line in the frame.
        """
        body: list[Reference] = []
        edges = [_to_hundredths(item.x) for item in placed]
        for item, x, to_x in zip(placed, edges, [*edges[1:], edges[-1]], strict=True):
            key = (group_index, item.element_id, to_x - x)
            if key not in self._line_streams:
                block, _ = self._block_operators(group_index, "", item.element_id, is_foot=True)
                self._line_streams[key] = self._shared_stream(block + _move_operator(to_x - x, 0))
            body.append(self._line_streams[key])
        line = b"q %g 0 0 %g %g %g cm\n" % (scale, scale, start[0], -start[1])
        lead = draw_boxes(_frame_edges(frame), joined=True).lead + line
        return ContentFragment(lead, b" ".join(body), b"Q\n", 0, 0)

    def make_scaled_block(self, group_index: int, element_id: ElementId, scale: float) -> ContentFragment:
        """Return a fragment with one block, scaled by ``scale``, so that it need not be typeset in every size."""
        block, mark = self._block_operators(group_index, "", element_id)
        lead = b"q %g 0 0 %g 0 0 cm\n%bQ\n" % (scale, scale, block)
        return ContentFragment(lead, b"", b"", 0, 0, (mark,) if mark else ())

    def make_picture(self, group_index: int, boxes: Sequence[Box], alt: str) -> ContentFragment:
        """Return a fragment with a picture of adjacent boxes and its description ``alt``."""
        drawn = draw_boxes(boxes, joined=True)
        if not self.is_tagged:
            return drawn
        numbers = self._content_numbers(group_index, "", ("picture", alt), 1)
        edges = [(box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes]
        left, top, right, bottom = zip(*edges, strict=True)
        area = min(left), min(top), max(right), max(bottom)
        lead = drawn.lead.replace(b"/Artifact BMC", b"/Figure<</MCID %d>>BDC" % numbers[0], 1)
        return replace(
            drawn,
            lead=lead,
            tagged_blocks=(TaggedBlock("picture", StructureNode("Figure", tuple(numbers), alt, area=area)),),
        )

    def add_page(
        self, fragments: Sequence[PlacedFragment], link: Link | None = None, *, is_landscape: bool = False
    ) -> None:
        """Add a page; it is blank if there are no fragments. A landscape page must not have links or pictures.

        A tagged page has its links in its structure. On other pages, ``link`` adds one.
        """
        self._times.clear()
        contents: list[Reference] = []
        shared, stream = self._shared, self._shared_stream
        glue = [_move_operator(0, -_to_hundredths(self._page.width)) if is_landscape else self._top]
        x = y = 0
        for fragment, left, top in fragments:
            to_x, to_y = round(left * 100), round(top * 100)
            glue += _move_operator(to_x - x, to_y - y), fragment.lead
            if fragment.body:
                code = b"".join(glue)
                contents += shared.get(code) or stream(code), fragment.body
                glue = [fragment.tail]
            x, y = to_x + fragment.dx, to_y + fragment.dy
        if fragments and (code := b"".join(glue)):
            contents.append(stream(code))
        if len(self._pages) % FAN_OUT == 0:
            self._nodes.append(self._file.reserve_number())
        own = self._file.reserve_number()
        tags = b""
        if self._structure and fragments:
            marks = [
                _move_tagged_block(mark, left, top)
                for fragment, left, top in fragments
                for mark in fragment.tagged_blocks
            ]
            tags = self._structure.add_page(own, marks)
        elif link:
            tags = b"/Annots[%b]" % self._file.add_object(link.annotation(self._page.height))
        if is_landscape:
            tags += b"/MediaBox[0 0 %g %g]" % (round(self._page.height, 3), round(self._page.width, 3))
        page = b"<</Type/Page/Parent %b/Contents[%b]%b>>" % (self._nodes[-1], b" ".join(contents), tags)
        self._file.set_object(own, page)
        self._pages.append(own)

    def finish(self, bookmarks: Sequence[Bookmark], metadata: PdfMetadata) -> bytes:
        """Return the bytes of the PDF. The same pages, bookmarks and metadata give the same bytes."""
        add = self._file.add_object
        box = b"0 0 %g %g" % (round(self._page.width, 3), round(self._page.height, 3))
        pages = self._build_page_tree(b"/MediaBox[%b]/Resources %b" % (box, self._resources))
        outline = b"/Outlines %b" % self._build_outline(bookmarks) if bookmarks else b""
        tags = b""
        if self._structure:
            xmp = self._file.add_stream(metadata.xmp_stream(), b"/Type/Metadata/Subtype/XML")
            tags = b"/MarkInfo<</Marked true>>/Metadata %b/StructTreeRoot %b" % (
                xmp,
                self._structure.finish(),
            )
        root = add(
            b"<</Type/Catalog/Pages %b%b/Lang%b/ViewerPreferences<</DisplayDocTitle true>>%b>>"
            % (pages, outline, pdf_text_string(interface_language(metadata.language)), tags)
        )
        author = b"/Author%b" % pdf_text_string(metadata.author) if metadata.author else b""
        title, producer = pdf_text_string(metadata.title), pdf_text_string(metadata.producer)
        return self._file.to_bytes(root, add(b"<</Title%b/Producer%b%b>>" % (title, producer, author)))

    def _block_operators(
        self, group_index: int, owner: str, element_id: ElementId, *, is_foot: bool = False
    ) -> tuple[bytes, TaggedBlock | None]:
        """Return the operators that draw a block, and the tagged block for screen readers, if any."""
        block = self._blocks[group_index][element_id]
        if not block.roles or is_foot:
            return block.as_artifact(), None
        numbers = self._content_numbers(group_index, owner, element_id, len(block.roles))
        key = (group_index, element_id, numbers)
        if key not in self._tagged_operators:
            self._tagged_operators[key] = (
                block.pdf_operators(numbers),
                TaggedBlock(element_id[0], block.node.with_numbers(numbers)),
            )
        return self._tagged_operators[key]

    def _content_numbers(self, group_index: int, owner: str, element_id: ElementId, count: int) -> range:
        """Return the numbers for the marked content of a block. Each typeset group counts its own."""
        times = self._times[group_index, owner, element_id] = (
            self._times.get((group_index, owner, element_id), 0) + 1
        )
        key = (group_index, owner, element_id, times)
        if key not in self._numbered:
            first = self._last_numbers.get(group_index, 0)
            self._last_numbers[group_index] = first + count
            self._numbered[key] = range(first, first + count)
        return self._numbered[key]

    def _shared_stream(self, code: bytes) -> Reference:
        if code not in self._shared:
            self._shared[code] = self._file.add_stream(code)
        return self._shared[code]

    def _build_page_tree(self, inherited: bytes) -> Reference:
        """Build the page tree (ISO 32000-1, 7.7.3): a root with what all pages inherit, and nodes of pages."""
        root = self._file.reserve_number()
        for index, node in enumerate(self._nodes):
            own = self._pages[index * FAN_OUT : (index + 1) * FAN_OUT]
            kids = b" ".join(own)
            self._file.set_object(
                node, b"<</Type/Pages/Count %d/Kids[%b]/Parent %b>>" % (len(own), kids, root)
            )
        kids = b" ".join(self._nodes)
        self._file.set_object(
            root, b"<</Type/Pages/Count %d/Kids[%b]%b>>" % (len(self._pages), kids, inherited)
        )
        return root

    def _build_outline(self, bookmarks: Sequence[Bookmark]) -> Reference:
        """Build the outline (ISO 32000-1, 12.3.3) from the bookmarks."""
        outline = self._file.reserve_number()
        items = [self._file.reserve_number() for _ in bookmarks]
        around = zip([b"", *items], items, [*items[1:], b""], bookmarks, strict=False)
        for before, item, after, bookmark in around:
            self._file.set_object(
                item,
                b"<</Title%b/Parent %b/Dest[%b/Fit]%b%b>>"
                % (
                    pdf_text_string(bookmark.title),
                    outline,
                    self._pages[bookmark.page],
                    b"/Prev %b" % before if before else b"",
                    b"/Next %b" % after if after else b"",
                ),
            )
        ends = len(items), items[0], items[-1]
        self._file.set_object(outline, b"<</Type/Outlines/Count %d/First %b/Last %b>>" % ends)
        return outline


def draw_boxes(boxes: Iterable[Box], *, joined: bool = False) -> ContentFragment:
    """Return a fragment of black rectangles, such as rules, corner marks and the squares of a QR code.

    With ``joined``, adjacent rectangles are drawn as one shape, so that viewers show no seams.
    """
    end = b" re\n" if joined else b" re f\n"
    listed = b"".join(
        b"%.2f %.2f %.2f %.2f%b" % (box.x, -box.y - box.height, box.width, box.height, end) for box in boxes
    )
    return ContentFragment(
        b"/Artifact BMC q 0 g\n%b%bQ EMC\n" % (listed, b"f\n" if joined else b""), b"", b"", 0, 0
    )


def _frame_edges(frame: Box) -> list[Box]:
    """Return the four lines of a frame, inside it, one point thick."""
    x, y, width, height = frame.x, frame.y, frame.width, frame.height
    return [
        Box(x, y, width, 1),
        Box(x, y + height - 1, width, 1),
        Box(x, y, 1, height),
        Box(x + width - 1, y, 1, height),
    ]


class _StructureTree:
    """The structure tree of a tagged PDF (ISO 32000-1, 14.7): parts, with the structure elements of their pages."""

    def __init__(self, file: PdfFile, height: float) -> None:
        self._file = file
        self._height = height
        self._document = file.reserve_number()
        self._parts: list[tuple[Reference, str, list[Reference]]] = []
        self._parent_tree: list[Reference] = []
        """The parent tree: the elements of pages and of annotations, by their numbers."""

    def begin_part(self, title: str) -> None:
        """Begin a part of the document."""
        self._parts.append((self._file.reserve_number(), title, []))

    def add_page(self, page: Reference, marks: Sequence[TaggedBlock]) -> bytes:
        """Add the elements of a page, and return the entries for the page's dictionary."""
        if not self._parts:
            self.begin_part("")
        part, _, kids = self._parts[-1]
        owners: dict[int, Reference] = {}
        notes: list[Reference] = []
        kids += [self._add_node(node, part, page, owners, notes) for node in build_page_structure(marks)]
        listed = [owners.get(number, b"null") for number in range(max(owners, default=-1) + 1)]
        self._parent_tree.append(self._file.add_object(b"[%b]" % b" ".join(listed)))
        annotations = b"/Annots[%b]" % b" ".join(notes) if notes else b""
        return b"/Tabs/S/StructParents %d%b" % (len(self._parent_tree) - 1, annotations)

    def finish(self) -> Reference:
        """Complete the tree, and return its root."""
        file = self._file
        root = file.reserve_number()
        for part, title, kids in self._parts:
            named = b"/T%b" % pdf_text_string(title) if title else b""
            file.set_object(part, b"<</S/Part/P %b%b/K[%b]>>" % (self._document, named, b" ".join(kids)))
        parts = b" ".join([part for part, _, _ in self._parts])
        file.set_object(self._document, b"<</S/Document/P %b/K[%b]>>" % (root, parts))
        leaves = []
        for start in range(0, len(self._parent_tree), FAN_OUT):
            some = list(enumerate(self._parent_tree[start : start + FAN_OUT], start))
            numbers = b" ".join([b"%d %b" % each for each in some])
            leaves.append(file.add_object(b"<</Limits[%d %d]/Nums[%b]>>" % (start, some[-1][0], numbers)))
        found = file.add_object(b"<</Kids[%b]>>" % b" ".join(leaves))
        more = b"/ParentTreeNextKey %d" % len(self._parent_tree)
        file.set_object(
            root, b"<</Type/StructTreeRoot/K %b/ParentTree %b%b>>" % (self._document, found, more)
        )
        return root

    def _add_node(
        self,
        node: StructureNode,
        parent: Reference,
        page: Reference,
        owners: dict[int, Reference],
        notes: list[Reference],
    ) -> Reference:
        """Add a structure element with all its kids.

        Fills ``owners`` (the element of each marked content) and ``notes`` (the annotations of links).
        """
        own = self._file.reserve_number()
        kids: list[bytes] = []
        for kid in node.kids:
            if isinstance(kid, int):
                owners[kid] = own
                kids.append(b"%d" % kid)
            else:
                kids.append(self._add_node(kid, own, page, owners, notes))
        if node.link:
            notes.append(self._add_link_annotation(node))
            self._parent_tree.append(own)
            kids.append(b"<</Type/OBJR/Obj %b/Pg %b>>" % (notes[-1], page))
        more = node.dictionary_entries()
        if node.role == "Figure" and node.area:
            more += b"/A<</O/Layout/BBox[%b]>>" % pdf_rectangle(node.area, self._height)
        if len(node.kids) > sum(isinstance(kid, StructureNode) for kid in node.kids):
            more += b"/Pg %b" % page
        self._file.set_object(
            own, b"<</S/%b/P %b%b/K[%b]>>" % (node.role.encode(), parent, more, b" ".join(kids))
        )
        return own

    def _add_link_annotation(self, node: StructureNode) -> Reference:
        """Add the annotation of a link, which gets the next number in the parent tree."""
        link = Link(node.link, node.area or (0, 0, 0, 0))
        return self._file.add_object(
            link.annotation(self._height, node.alt, b"/StructParent %d" % len(self._parent_tree))
        )


def pad_to_width(fragment: ContentFragment, width: float) -> ContentFragment:
    """Return a fragment that ends ``width`` points right of its start. It must not have shared streams."""
    dx = _to_hundredths(width)
    return ContentFragment(
        fragment.lead + _move_operator(dx - fragment.dx, -fragment.dy),
        b"",
        b"",
        dx,
        0,
        fragment.tagged_blocks,
    )


def make_table_row(cells: Iterable[ContentFragment], *, is_head: bool) -> ContentFragment:
    """Return a fragment with the cells of a table row, each beginning where the previous one ends."""
    listed = list(cells)
    lead = b"".join([cell.lead for cell in listed])
    marks = tag_table_row([cell.tagged_blocks for cell in listed], is_head=is_head)
    return ContentFragment(lead, b"", b"", sum(cell.dx for cell in listed), 0, marks)


def _move_tagged_block(mark: TaggedBlock, x: float, y: float) -> TaggedBlock:
    return TaggedBlock(mark.kind, mark.node.moved_by(x, y)) if mark.node.has_area else mark


def _to_hundredths(points: float) -> int:
    return round(points * 100)


@cache
def _move_operator(dx: int, dy: int) -> bytes:
    """Return the operator that moves the origin right and down, in hundredths of a point."""
    return b"1 0 0 1 %g %g cm\n" % (dx / 100, -dy / 100) if dx or dy else b""
