"""Setting pieces in type: WeasyPrint lays out each piece once, reports its position and size, and paints it."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from math import inf
from typing import Any, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.design import Logo, Measures
from quizgen.paper.press.pieces import INLINE_KINDS, Block, Blocks, Box, Piece, PieceId
from quizgen.paper.press.structure import Node, simplify
from quizgen.paper.renderer import POINTS_A_PIXEL, Renderer, round_up
from quizgen.paper.weasyprint_patches import drawn_elements

SETTING_PAGE_HEIGHT = 9000.0
"""The height, in points, of the pages that pieces are set on; no paper is so tall."""


SettingRequest: TypeAlias = tuple[Sequence[Piece], Measures]
"""Pieces to set, and the measures for the size of their type."""


class Setting(Struct, frozen=True):
    """Pieces as set in one size: their blocks, and the WeasyPrint pages that they are on."""

    blocks: Blocks
    pages: list[Any]


class PaintedBlock(Struct, frozen=True):
    """The operators that draw a block with its top left at the origin, split where marked content begins.

    ``roles`` are the roles of the marked content. ``node`` is the structure of the block, with indices of marked content.
    It is empty if blocks are not tagged, or contain only decoration.
    """

    parts: tuple[bytes, ...]
    roles: tuple[bytes, ...]
    node: Node

    def operators(self, numbers: Sequence[int] = ()) -> bytes:
        """Return the operators, with these numbers for marked content."""
        marks = (b"\n/%b<</MCID %d>>BDC\n" % mark for mark in zip(self.roles, numbers, strict=True))
        return b"".join([part for pair in zip_longest(self.parts, marks, fillvalue=b"") for part in pair])

    def as_foot(self) -> bytes:
        """Return the operators of a block at the foot of a page, which is an artifact and not content."""
        return b"\n/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n".join(self.parts)


class PaintedSettings(Struct, frozen=True):
    """Settings as painted, setting by setting.

    ``small`` and ``streams`` are what blocks draw with, such as fonts: objects of a PDF by their numbers;
    ``resources`` is the reference by which operators find them.
    """

    blocks: list[dict[PieceId, PaintedBlock]]
    small: dict[int, bytes]
    streams: dict[int, bytes]
    resources: bytes
    is_tagged: bool = False


class Typesetter:
    """Sets pieces of one paper, and paints those to print. A context manager: its fonts exist only within it."""

    def __init__(self, language: str, logo: Logo | None) -> None:
        self.renderer = Renderer(language, logo)
        self._document: Any = None
        self._settings = 0

    def __enter__(self) -> Self:
        self.renderer.__enter__()
        return self

    def __exit__(self, *failure: object) -> None:
        self.renderer.__exit__(*failure)

    def set(self, requests: Sequence[SettingRequest]) -> list[Setting]:
        """Set pieces, each group in type of its size, on pages as wide as the type area of the first.

        Raises MisuseError for a logo that cannot be drawn.
        """
        groups: list[dict[str, PieceId]] = []
        listed = []
        for pieces, measures in requests:
            self._settings += 1
            once = {piece.id: piece for piece in pieces}.values()
            elements = {f"s{self._settings}-p{index}": piece for index, piece in enumerate(once)}
            groups.append({element: piece.id for element, piece in elements.items()})
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
        values = {"settings": listed, "width": requests[0][1].width, "height": SETTING_PAGE_HEIGHT}
        return self._lay_out_groups("blocks.html", values, groups)

    def lay_out(self, template: str, values: Mapping[str, object], pieces: Mapping[str, PieceId]) -> Setting:
        """Lay out a template, whose elements with these ids are pieces.

        Each is a stacking context (blocks.html), and nothing else painted with it has the same id. Raises MisuseError for a
        logo that cannot be drawn.
        """
        return self._lay_out_groups(template, values, [pieces])[0]

    def _lay_out_groups(
        self, template: str, values: Mapping[str, object], groups: Sequence[Mapping[str, PieceId]]
    ) -> list[Setting]:
        """Lay out a template in which each group of pieces begins on a new page."""
        self._document = self.renderer.lay_out(template, values)
        return [_find_blocks(self._document.pages, pieces) for pieces in groups]

    def paint(self, settings: Sequence[Setting], *, tagged: bool = True) -> PaintedSettings:
        """Paint settings; their blocks have a structure if they are ``tagged``.

        Raises QuizgenError for each character that no font on this system has, and MisuseError for a logo that cannot be
        drawn.
        """
        pages = [page for setting in settings for page in setting.pages]
        elements = {block.element for setting in settings for block in setting.blocks.values()}
        with drawn_elements(elements) as operators:
            pdf, found = self.renderer.paint(self._document.copy(pages), tagged=tagged)

        def painted(block: Block) -> PaintedBlock:
            items, element = operators[block.element], found.get(block.element)
            return _paint_block(block, items, pdf, element)

        blocks = [{id_: painted(block) for id_, block in setting.blocks.items()} for setting in settings]
        return _extract_settings(pdf, blocks)


def _find_blocks(pages: Sequence[Any], pieces: Mapping[str, PieceId]) -> Setting:
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


def _paint_block(block: Block, items: Sequence[Any], pdf: Any, element: Any) -> PaintedBlock:
    """Draw a block at the origin, and split its operators where marked content begins."""
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
        node = simplify(_node_of(element, pdf, marks))
        node = node.moved(-block.left, -block.top) if node.has_area else node
    return PaintedBlock(tuple(map(b"\n".join, parts)), tuple(roles), node)


def _node_of(element: Any, pdf: Any, marks: Mapping[int, int]) -> Node:
    """Extract a structure element from a ``pydyf.PDF``; ``marks`` maps marked content to new numbers."""
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


def _extract_settings(pdf: Any, blocks: list[dict[PieceId, PaintedBlock]]) -> PaintedSettings:
    """Extract the objects that blocks draw with from a ``pydyf.PDF``, without its pages."""
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
    return PaintedSettings(
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
"""The positions of elements on a page, by id: left, top, right and bottom in CSS pixels."""


def _block(anchors: Anchors, element: str) -> Block:
    left, top, right, bottom = (edge * POINTS_A_PIXEL for edge in anchors[element])
    if line := anchors.get(f"{element}-line"):
        # If the text has only one line, it may be narrower than its column.
        _, line_top, line_right, line_bottom = (edge * POINTS_A_PIXEL for edge in line)
        if line_bottom - line_top > (bottom - top) / 2:
            right = line_right
    box = None
    if inner := anchors.get(f"{element}-box"):
        x, y, x_end, y_end = (edge * POINTS_A_PIXEL for edge in inner)
        box = Box(x - left, y - top, x_end - x, y_end - y)
    return Block(round_up(right - left), round_up(bottom - top), box, element, left, top)
