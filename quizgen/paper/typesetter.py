"""Pieces -> blocks: WeasyPrint sets each piece once, tells where it stands and how large it is, and paints it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from math import inf
from typing import Any, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.design import Logo, Measures
from quizgen.paper.renderer import POINTS_A_PIXEL, Renderer, round_up
from quizgen.paper.structure import Node, simplified
from quizgen.paper.tags import node_of

TALLEST = 9000.0
"""Height of the pages that pieces are set on, in points: more than any paper has."""


PieceId: TypeAlias = tuple[str, ...]
"""Names a piece: its kind, then whatever tells it from others of that kind."""


class Piece(Struct, frozen=True):
    """What is set in type once, however many versions print it.

    ``id[0]`` is its kind: the macro in ``pieces.html`` that draws it from ``values``.
    """

    id: PieceId
    values: dict[str, Any]


def text_piece(kind: str, text: str, *owner: str) -> Piece:
    """Make a piece that is nothing but text."""
    return Piece((kind, *owner, text), {"text": text})


REPEATED_KINDS = frozenset(("number", "tick", "slot", "letter", "mark", "cell", "label"))
"""Kinds of pieces so small that to repeat what draws them takes no more room than to refer to it."""

INLINE_KINDS = REPEATED_KINDS | {"running"}
"""Kinds of a few characters, which stand beside each other in lines; all others stand below each other."""


class Box(Struct, frozen=True):
    """A rectangle in points; ``x`` and ``y`` go right and down from the top left of a block or a page."""

    x: float
    y: float
    width: float
    height: float


Wanted: TypeAlias = tuple[Sequence[Piece], Measures]
"""Pieces that are to be set, and the size of their type."""


class Block(Struct, frozen=True):
    """A piece as set, in points: its size, and the box or blank in it that a pen is meant for.

    ``element`` is the id of what it is in the HTML; its top left stands ``left`` and ``top`` from that of its
    page. ``height`` is infinite for what is too tall for any page.
    """

    width: float
    height: float
    box: Box | None = None
    element: str = ""
    left: float = 0
    top: float = 0


Blocks: TypeAlias = dict[PieceId, Block]


class Setting(Struct, frozen=True):
    """Pieces as set at one size: their blocks, and the pages of WeasyPrint's that they stand on."""

    blocks: Blocks
    pages: list[Any]


class Painted(Struct, frozen=True):
    """The operators that draw a block with its top left at the origin, in parts, between which marked content begins.

    ``roles`` says as what it is marked. ``node`` is the block's structure, in which it has its index; it says nothing
    where blocks are not tagged, or have nothing in them but decoration.
    """

    parts: tuple[bytes, ...]
    roles: tuple[bytes, ...]
    node: Node

    def operators(self, numbers: Sequence[int] = ()) -> bytes:
        """Give the operators; marked content gets these numbers."""
        marks = (b"\n/%b<</MCID %d>>BDC\n" % mark for mark in zip(self.roles, numbers, strict=True))
        return b"".join([part for pair in zip_longest(self.parts, marks, fillvalue=b"") for part in pair])

    def as_foot(self) -> bytes:
        """Give the operators of a block that is no content, since it stands at the foot of a page."""
        return b"\n/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n".join(self.parts)


class Typeset(Struct, frozen=True):
    """Settings as painted, setting by setting.

    ``small`` and ``streams`` are what blocks draw with, such as fonts: objects of a PDF by their numbers;
    ``resources`` is the reference by which operators find them.
    """

    blocks: list[dict[PieceId, Painted]]
    small: dict[int, bytes]
    streams: dict[int, bytes]
    resources: bytes
    is_tagged: bool = False


class Typesetter:
    """Sets pieces of one paper, and paints those that are to be printed; a context, within which its fonts exist."""

    def __init__(self, language: str, logo: Logo | None) -> None:
        self.renderer = Renderer(language, logo)
        self._document: Any = None
        self._settings = 0

    def __enter__(self) -> Self:
        self.renderer.__enter__()
        return self

    def __exit__(self, *failure: object) -> None:
        self.renderer.__exit__(*failure)

    def set(self, wanted: Sequence[Wanted]) -> list[Setting]:
        """Set pieces, each lot in type of its size, on pages as wide as the first's type area.

        Raises MisuseError for a logo that cannot be drawn.
        """
        lots: list[dict[str, PieceId]] = []
        listed = []
        for pieces, measures in wanted:
            self._settings += 1
            elements = {f"s{self._settings}-p{index}": piece for index, piece in enumerate(pieces)}
            lots.append({element: piece.id for element, piece in elements.items()})
            listed.append(
                {
                    "measures": measures,
                    "pieces": [
                        {
                            **piece.values,
                            "kind": piece.id[0],
                            "inline": piece.id[0] in INLINE_KINDS,
                            "id": element,
                        }
                        for element, piece in elements.items()
                    ],
                }
            )
        values = {"settings": listed, "width": wanted[0][1].width, "height": TALLEST}
        return self._laid_out("blocks.html", values, lots)

    def lay_out(self, template: str, values: Mapping[str, object], pieces: Mapping[str, PieceId]) -> Setting:
        """Lay out a template, in which the elements with these ids are pieces.

        Each is a stacking context (blocks.html), with an id that nothing else has which is painted with it.
        Raises MisuseError for a logo that cannot be drawn.
        """
        return self._laid_out(template, values, [pieces])[0]

    def _laid_out(
        self, template: str, values: Mapping[str, object], lots: Sequence[Mapping[str, PieceId]]
    ) -> list[Setting]:
        """Lay out a template in which each lot of pieces begins on a page of its own."""
        self._document = self.renderer.lay_out(template, values)
        return [_setting(self._document.pages, pieces) for pieces in lots]

    def paint(self, settings: Sequence[Setting], *, tagged: bool = True) -> Typeset:
        """Paint settings, whose blocks tell their structure if they are ``tagged``.

        Raises QuizgenError for each character that no font on this system has, and MisuseError for a logo
        that cannot be drawn.
        """
        pages = [page for setting in settings for page in setting.pages]
        elements = {block.element for setting in settings for block in setting.blocks.values()}
        with _operators_of(elements) as operators:
            pdf, found = self.renderer.paint(self._document.copy(pages), tagged=tagged)

        def painted(block: Block) -> Painted:
            items, element = operators[block.element], found.get(block.element)
            return _from_its_top_left(block, items, pdf, element)

        blocks = [{id_: painted(block) for id_, block in setting.blocks.items()} for setting in settings]
        return _without_pages(pdf, blocks)


def _setting(pages: Sequence[Any], pieces: Mapping[str, PieceId]) -> Setting:
    """Find the elements that are pieces, and the pages that they are on."""
    blocks: Blocks = {}
    own = []
    for page in pages:
        found = list(filter(pieces.__contains__, page.anchors))
        for element in found:
            id_, block = pieces[element], _block(page.anchors, element)
            blocks[id_] = replace(block, height=inf) if id_ in blocks else block
        own += [page] if found else []
    return Setting(blocks, own)


@contextmanager
def _operators_of(elements: set[str]) -> Iterator[dict[str, list[Any]]]:
    """Collect the operators and operands that draw each of these elements, while WeasyPrint paints.

    Each is a stacking context (blocks.html), which WeasyPrint draws by one call of one function. No reading of
    what it drew could tell them apart as surely: a drawing in a logo may hold any operators.
    """
    from weasyprint import draw  # noqa: PLC0415  needs Pango

    collected: dict[str, list[Any]] = {}
    draw_stacking_context = draw.draw_stacking_context

    def collect(stream: Any, context: Any) -> None:
        start = len(stream.stream)
        draw_stacking_context(stream, context)
        element = context.box.element
        if element is not None and (name := element.get("id")) in elements:
            collected[name] = stream.stream[start:]

    draw.draw_stacking_context = collect
    try:
        yield collected
    finally:
        draw.draw_stacking_context = draw_stacking_context


def _from_its_top_left(block: Block, items: Sequence[Any], pdf: Any, element: Any) -> Painted:
    """Draw a block at the origin, and cut its operators where marked content begins."""
    place = (POINTS_A_PIXEL, POINTS_A_PIXEL, -block.left, block.top)
    parts: list[list[bytes]] = [[b"q %g 0 0 -%g %.2f %.2f cm" % place]]
    roles: list[bytes] = []
    marks: dict[int, int] = {}
    rest = iter(items)
    for item in rest:
        if isinstance(item, dict):  # between the role of marked content and the operator that begins it
            marks[item["MCID"]] = len(marks)
            roles.append(parts[-1].pop()[1:])
            parts.append([])
            next(rest)
        else:
            parts[-1].append(item.encode() if isinstance(item, str) else item)
    parts[-1].append(b"Q\n")
    node = Node("")
    if element is not None:
        node = simplified(node_of(element, pdf, marks))
        node = node.moved(-block.left, -block.top) if node.has_area else node
    return Painted(tuple(map(b"\n".join, parts)), tuple(roles), node)


def _without_pages(pdf: Any, blocks: list[dict[PieceId, Painted]]) -> Typeset:
    """Take what blocks draw with out of a ``pydyf.PDF``, and leave its own pages behind."""
    objects = {each.number: each for each in pdf.objects if each.free != "f"}
    del objects[pdf.catalog.number], objects[pdf.pages.number]
    resources = b""
    root = pdf.catalog.get("StructTreeRoot")
    if root:
        # WeasyPrint adds the structure last, and its map of marked content before all of it.
        objects = {number: each for number, each in objects.items() if number < _number(root) - 1}
    for reference in pdf.page_references:
        page = objects.pop(_number(reference))
        for each in (page["Contents"], *page.get("Annots", ())):
            del objects[_number(each)]
        resources = page["Resources"]
    return Typeset(
        blocks,
        {number: each.data for number, each in objects.items() if each.compressible},
        {number: each.data for number, each in objects.items() if not each.compressible},
        resources,
        bool(root),
    )


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


Anchors: TypeAlias = dict[str, tuple[float, float, float, float]]
"""Where elements stand on a page, by id: left, top, right and bottom in CSS pixels."""


def _block(anchors: Anchors, element: str) -> Block:
    left, top, right, bottom = (edge * POINTS_A_PIXEL for edge in anchors[element])
    if line := anchors.get(f"{element}-line"):
        # Its text may be narrower than its column, where it has but one line.
        _, line_top, line_right, line_bottom = (edge * POINTS_A_PIXEL for edge in line)
        if line_bottom - line_top > (bottom - top) / 2:
            right = line_right
    box = None
    if inner := anchors.get(f"{element}-box"):
        x, y, x_end, y_end = (edge * POINTS_A_PIXEL for edge in inner)
        box = Box(x - left, y - top, x_end - x, y_end - y)
    return Block(round_up(right - left), round_up(bottom - top), box, element, left, top)
