"""Pieces -> blocks: WeasyPrint sets each piece once, tells where it stands and how large it is, and paints it."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from math import inf
from typing import Any, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.design import Logo, Measures
from quizgen.paper.press.pieces import INLINE_KINDS, Block, Blocks, Box, Piece, PieceId
from quizgen.paper.press.structure import Node, simplified
from quizgen.paper.renderer import POINTS_A_PIXEL, Renderer, round_up
from quizgen.paper.weasyprint_patches import drawn_elements

TALLEST = 9000.0
"""Height of the pages that pieces are set on, in points: more than any paper has."""


Wanted: TypeAlias = tuple[Sequence[Piece], Measures]
"""Pieces that are to be set, and the size of their type."""


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
            once = {piece.id: piece for piece in pieces}.values()
            elements = {f"s{self._settings}-p{index}": piece for index, piece in enumerate(once)}
            lots.append({element: piece.id for element, piece in elements.items()})
            listed.append(
                {
                    "measures": measures,
                    "pieces": [
                        {
                            **piece.values_at(measures),
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
        with drawn_elements(elements) as operators:
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
        node = simplified(_node_of(element, pdf, marks))
        node = node.moved(-block.left, -block.top) if node.has_area else node
    return Painted(tuple(map(b"\n".join, parts)), tuple(roles), node)


def _node_of(element: Any, pdf: Any, marks: Mapping[int, int]) -> Node:
    """Take a structure element out of a ``pydyf.PDF``; ``marks`` gives marked content other numbers."""
    kids: list[Node | int] = []
    link = ""
    for kid in element["K"]:
        if isinstance(kid, int):
            kids.append(marks[kid])
        elif (within := _object(pdf, kid))["Type"] == "/OBJR":
            link = _object(pdf, within["Obj"]).get("A", {"URI": ""})["URI"]
        else:
            kids.append(_node_of(within, pdf, marks))
    role, said = element["S"][1:], {name: element[name].string for name in ("Alt", "Lang") if name in element}
    return Node(
        role,
        tuple(kids),
        said.get("Alt", ""),
        said.get("Lang", ""),
        b"/A%b" % element["A"].data if role == "Form" else b"",
        getattr(element, "area", None),
        getattr(link, "string", ""),
    )


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


def _object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]


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
