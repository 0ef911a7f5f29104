"""Pages -> PDF: strings the blocks' own content streams together, so that type is set once and printed often.

A page's ``/Contents`` is an array of streams, shared between pages as indirect objects: a block's, then
a few bytes that move the origin to the next, and so on; all pages share one ``/Resources``. (Blocks as form
XObjects would look the same, but make poppler read the fonts again for each.) Lengths are in hundredths of a
point here, so that the same move is always the same bytes.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from quizgen.paper.compose import Placed
from quizgen.paper.design import Page
from quizgen.paper.layout import POINTS_A_PIXEL, Setting
from quizgen.paper.pieces import Key

if TYPE_CHECKING:
    import pikepdf

FURNITURE = frozenset(("number", "tick", "slot", "letter", "mark", "cell"))
"""Kinds of blocks so small that to repeat them takes no more room than to refer to them."""

FAN_OUT = 50
"""How many children a node of the page tree has, so that readers find any page at once."""


class Ink(Struct, frozen=True):
    """Blocks in their places, ready to be printed anywhere: ``lead``, then ``body``, then ``tail``.

    Both ends are what moves and furniture stand before the first and after the last of the shared
    streams; the origin ends up ``dx`` to the right and ``dy`` below where it was.
    """

    lead: bytes
    body: list["pikepdf.Object"]
    tail: bytes
    dx: int
    dy: int


Impression: TypeAlias = tuple[Ink, float, float]
"""Ink on a page, its origin in points from the page's top left."""


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


class Press:
    """Prints pages from settings, as the typesetter wrote them into one PDF."""

    def __init__(self, typeset: bytes, settings: Sequence[Setting], page: Page) -> None:
        import pikepdf  # noqa: PLC0415  only the press needs it

        self._pike = pikepdf
        self._pdf = pikepdf.open(io.BytesIO(typeset))
        self._page = page
        self._resources = self._pdf.pages[0].Resources
        self._blocks = list(_cut(self._pdf, settings))
        self._shared: dict[tuple[int, Key], pikepdf.Object] = {}
        self._streams: dict[bytes, pikepdf.Object] = {}
        self._pages: list[pikepdf.Object] = []

    @property
    def count(self) -> int:
        """How many pages are printed so far."""
        return len(self._pages)

    def ink(self, setting: int, placed: Sequence[Placed]) -> Ink:
        """Prepare blocks of one setting, in the order in which they are to be read."""
        body: list[pikepdf.Object] = []
        lead: bytes | None = None
        glue: list[bytes] = []
        x = y = 0
        for item in placed:
            to_x, to_y = _hundredths(item.x), _hundredths(item.y)
            glue.append(_move(to_x - x, to_y - y))
            x, y = to_x, to_y
            if item.key[0] in FURNITURE:
                glue.append(self._blocks[setting][item.key])
                continue
            if lead is None:
                lead = b"".join(glue)
            else:
                body.append(self._stream(b"".join(glue)))
            body.append(self._block(setting, item.key))
            glue = []
        rest = b"".join(glue)
        return Ink(rest, body, b"", x, y) if lead is None else Ink(lead, body, rest, x, y)

    def row(self, impressions: Iterable[Impression]) -> Ink:
        """Make one ink of several that are nothing but furniture."""
        glue: list[bytes] = []
        x = y = 0
        for ink, left, top in impressions:
            to_x, to_y = _hundredths(left), _hundredths(top)
            glue += _move(to_x - x, to_y - y), ink.lead
            x, y = to_x + ink.dx, to_y + ink.dy
        return Ink(b"".join(glue), [], b"", x, y)

    def page(self, impressions: Sequence[Impression]) -> None:
        """Print a page; without impressions, a blank one."""
        contents: list[pikepdf.Object] = []
        streams, stream_of = self._streams, self._stream
        glue = _move(0, -_hundredths(self._page.height))
        x = y = 0
        for ink, left, top in impressions:
            to_x, to_y = round(left * 100), round(top * 100)
            glue += _move(to_x - x, to_y - y) + ink.lead
            if ink.body:
                contents.append(streams.get(glue) or stream_of(glue))
                contents += ink.body
                glue = ink.tail
            x, y = to_x + ink.dx, to_y + ink.dy
        if glue:
            contents.append(stream_of(glue))
        page = self._pike.Dictionary(Type=self._pike.Name.Page)
        if impressions:
            page.Contents = self._pike.Array(contents)
        self._pages.append(self._pdf.make_indirect(page))

    def finish(self, bookmarks: Sequence[Bookmark], about: About) -> bytes:
        """Return the PDF's bytes: the same for the same pages, bookmarks and description."""
        pdf = self._pdf
        root = self._tree()
        root.MediaBox = self._pike.Array([0, 0, round(self._page.width, 3), round(self._page.height, 3)])
        root.Resources = self._resources
        pdf.Root.Pages = root
        for name in ("/Outlines", "/Names", "/Dests"):
            if name in pdf.Root:
                del pdf.Root[name]
        if bookmarks:
            pdf.Root.Outlines = self._outline(bookmarks)
        pdf.docinfo["/Title"] = about.title
        pdf.docinfo["/Producer"] = about.producer
        if about.author:
            pdf.docinfo["/Author"] = about.author
        pdf.Root.Lang = about.language
        pdf.Root.ViewerPreferences = self._pike.Dictionary(DisplayDocTitle=True)
        output = io.BytesIO()
        pdf.save(output, deterministic_id=True, object_stream_mode=self._pike.ObjectStreamMode.generate)
        pdf.close()
        return output.getvalue()

    def _block(self, setting: int, key: Key) -> "pikepdf.Object":
        if (setting, key) not in self._shared:
            self._shared[setting, key] = self._pdf.make_stream(self._blocks[setting][key])
        return self._shared[setting, key]

    def _stream(self, code: bytes) -> "pikepdf.Object":
        if code not in self._streams:
            self._streams[code] = self._pdf.make_stream(code)
        return self._streams[code]

    def _tree(self) -> Any:
        """Build a balanced page tree (ISO 32000-1, 7.7.3); pikepdf's own list of pages grows too slowly."""
        level: list[tuple[Any, int]] = [(page, 1) for page in self._pages]
        while len(level) > 1 or level[0][0].Type != self._pike.Name.Pages:
            above = []
            for start in range(0, len(level), FAN_OUT):
                kids = level[start : start + FAN_OUT]
                count = sum(leaves for _, leaves in kids)
                node = self._pdf.make_indirect(
                    self._pike.Dictionary(
                        Type=self._pike.Name.Pages,
                        Kids=self._pike.Array([kid for kid, _ in kids]),
                        Count=count,
                    )
                )
                for kid, _ in kids:
                    kid.Parent = node
                above.append((node, count))
            level = above
        return level[0][0]

    def _outline(self, bookmarks: Sequence[Bookmark]) -> Any:
        """Chain the bookmarks (ISO 32000-1, 12.3.3)."""
        pike, pdf = self._pike, self._pdf
        outline = pdf.make_indirect(pike.Dictionary(Type=pike.Name.Outlines, Count=len(bookmarks)))
        items = [
            pdf.make_indirect(
                pike.Dictionary(
                    Title=bookmark.title,
                    Parent=outline,
                    Dest=pike.Array([self._pages[bookmark.page], pike.Name.Fit]),
                )
            )
            for bookmark in bookmarks
        ]
        for before, after in pairwise(items):
            before.Next, after.Prev = after, before
        outline.First, outline.Last = items[0], items[-1]
        return outline


def _hundredths(points: float) -> int:
    return round(points * 100)


@cache
def _move(dx: int, dy: int) -> bytes:
    """Move the origin to the right and down, in hundredths of a point."""
    return b"1 0 0 1 %g %g cm\n" % (dx / 100, -dy / 100) if dx or dy else b""


def _cut(pdf: "pikepdf.Pdf", settings: Sequence[Setting]) -> Iterator[dict[Key, bytes]]:
    """Cut what draws each block out of the settings' pages: bytes that draw it with its top left at the origin.

    A block is a stacking context, which WeasyPrint draws between ``q`` and ``Q``: all of them at the
    same depth, in order.
    """
    depth = 0
    first = 0
    for setting in settings:
        cut: dict[Key, bytes] = {}
        for number in range(len(setting.pages)):
            keys = [key for key, block in setting.blocks.items() if block.page == number]
            depth, groups = _groups(pdf.pages[first + number], len(keys), depth)
            for key, group in zip(keys, groups, strict=True):
                block = setting.blocks[key]
                scale = POINTS_A_PIXEL
                cut[key] = b"q %g 0 0 -%g %.2f %.2f cm\n%b\nQ\n" % (
                    scale,
                    scale,
                    -block.left,
                    block.top,
                    group,
                )
        first += len(setting.pages)
        yield cut


def _groups(page: "pikepdf.Page", count: int, depth: int) -> tuple[int, list[bytes]]:
    """Find the groups that draw the blocks of a page: the outermost that are as many, or those at ``depth``."""
    import pikepdf  # noqa: PLC0415

    instructions = list(pikepdf.parse_content_stream(page))
    spans: dict[int, list[tuple[int, int]]] = {}
    opened: list[int] = []
    for index, instruction in enumerate(instructions):
        operator = str(instruction.operator)
        if operator == "q":
            opened.append(index)
        elif operator == "Q":
            spans.setdefault(len(opened), []).append((opened.pop(), index + 1))
    depth = depth or next(level for level in sorted(spans) if len(spans[level]) == count > 1)
    return depth, [
        pikepdf.unparse_content_stream(instructions[start:end]) for start, end in sorted(spans[depth])
    ]
