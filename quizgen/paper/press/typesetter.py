"""Typeset layout elements: WeasyPrint lays out each once, reports its position and size, and paints it."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from math import inf
from typing import Any, Self, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.design import Logo, Measures
from quizgen.paper.press.elements import INLINE_KINDS, Block, Blocks, Box, ElementId, LayoutElement
from quizgen.paper.press.structure import StructureNode, simplify_node
from quizgen.paper.renderer import POINTS_A_PIXEL, Renderer, round_up_to_grid
from quizgen.paper.weasyprint_patches import collect_drawn_elements

SETTING_PAGE_HEIGHT = 9000.0
"""The height, in points, of the pages that pieces are set on; no paper is so tall."""


TypesetRequest: TypeAlias = tuple[Sequence[LayoutElement], Measures]
"""Pieces to set, and the measures for the size of their type."""


class TypesetGroup(Struct, frozen=True):
    """Layout elements that were typeset together in one type size: their blocks, and their WeasyPrint pages."""

    blocks: Blocks
    pages: list[Any]


class PaintedBlock(Struct, frozen=True):
    """The PDF operators that draw a block at the origin, split where marked content begins.

    ``roles`` are the roles of the marked content. ``node`` is the structure of the block. Both are empty if blocks are
    not tagged, or if the block contains only decoration.
    """

    parts: tuple[bytes, ...]
    roles: tuple[bytes, ...]
    node: StructureNode

    def pdf_operators(self, numbers: Sequence[int] = ()) -> bytes:
        """Return the operators with these numbers for marked content."""
        marks = (b"\n/%b<</MCID %d>>BDC\n" % mark for mark in zip(self.roles, numbers, strict=True))
        return b"".join([part for pair in zip_longest(self.parts, marks, fillvalue=b"") for part in pair])

    def as_artifact(self) -> bytes:
        """Return the operators of a block that screen readers skip, such as one at the foot of a page."""
        return b"\n/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n".join(self.parts)


class PaintedGroups(Struct, frozen=True):
    """Painted blocks, one dictionary for each typeset group.

    ``small`` and ``streams`` are the PDF objects that the blocks use, such as fonts, by number. ``resources`` refers
    to them.
    """

    blocks: list[dict[ElementId, PaintedBlock]]
    small: dict[int, bytes]
    streams: dict[int, bytes]
    resources: bytes
    is_tagged: bool = False


class Typesetter:
    """Typesets layout elements in one language, and paints them. A context manager: its fonts exist only inside it."""

    def __init__(self, language: str, logo: Logo | None, colour: str = "") -> None:
        self.renderer = Renderer(language, logo, colour)
        self._document: Any = None
        self._group_count = 0

    def __enter__(self) -> Self:
        self.renderer.__enter__()
        return self

    def __exit__(self, *failure: object) -> None:
        self.renderer.__exit__(*failure)

    def typeset(self, requests: Sequence[TypesetRequest]) -> list[TypesetGroup]:
        """Typeset groups of layout elements, each in its own type size.

        The first group determines the width of all pages. Raises MisuseError for a logo that cannot be drawn.
        """
        groups: list[dict[str, ElementId]] = []
        listed = []
        for elements, measures in requests:
            self._group_count += 1
            once = {element.id: element for element in elements}.values()
            elements_by_html_id = {
                f"s{self._group_count}-p{index}": element for index, element in enumerate(once)
            }
            groups.append({html_id: element.id for html_id, element in elements_by_html_id.items()})
            listed.append(
                {
                    "measures": measures,
                    "elements": [
                        {
                            **element.values_at(measures),
                            "kind": element.id[0],
                            "inline": element.id[0] in INLINE_KINDS,
                            "id": html_id,
                        }
                        for html_id, element in elements_by_html_id.items()
                    ],
                }
            )
        values = {"groups": listed, "width": requests[0][1].width, "height": SETTING_PAGE_HEIGHT}
        return self._lay_out_groups("blocks.html", values, groups)

    def lay_out(
        self, template: str, values: Mapping[str, object], element_ids: Mapping[str, ElementId]
    ) -> TypesetGroup:
        """Lay out a template; ``element_ids`` maps ids in its HTML to the ids of layout elements.

        Each such HTML element is a stacking context (see blocks.html), and its id is unique in all that is painted
        with it. Raises MisuseError for a logo that cannot be drawn.
        """
        return self._lay_out_groups(template, values, [element_ids])[0]

    def _lay_out_groups(
        self, template: str, values: Mapping[str, object], groups: Sequence[Mapping[str, ElementId]]
    ) -> list[TypesetGroup]:
        """Lay out a template in which each group of pieces begins on a new page."""
        self._document = self.renderer.lay_out(template, values)
        return [_find_blocks(self._document.pages, element_ids) for element_ids in groups]

    def paint(self, groups: Sequence[TypesetGroup], *, tagged: bool = True) -> PaintedGroups:
        """Paint the blocks of groups, with a structure for screen readers if ``tagged``.

        Raises QuizgenError for each character that no font on this system has, and MisuseError for a logo that cannot
        be drawn.
        """
        pages = [page for group in groups for page in group.pages]
        html_ids = {block.html_id for group in groups for block in group.blocks.values()}
        with collect_drawn_elements(html_ids) as operators:
            pdf, found = self.renderer.paint(self._document.copy(pages), tagged=tagged)

        blocks = [
            {
                id_: _paint_block(block, operators[block.html_id], pdf, found.get(block.html_id))
                for id_, block in group.blocks.items()
            }
            for group in groups
        ]
        return _extract_painted_groups(pdf, blocks)


def _find_blocks(pages: Sequence[Any], element_ids: Mapping[str, ElementId]) -> TypesetGroup:
    """Find the layout elements on laid-out pages by their ids in HTML."""
    blocks: Blocks = {}
    own = []
    for page in pages:
        found = list(filter(element_ids.__contains__, page.anchors))
        for html_id in found:
            id_, block = element_ids[html_id], _make_block(page.anchors, html_id)
            blocks[id_] = replace(block, height=inf) if id_ in blocks else block
        own += [page] if found else []
    return TypesetGroup(blocks, own)


def _paint_block(block: Block, items: Sequence[Any], pdf: Any, structure_element: Any) -> PaintedBlock:
    """Paint a block at the origin, and split its operators where marked content begins."""
    place = (POINTS_A_PIXEL, POINTS_A_PIXEL, -block.left, block.top)
    parts: list[list[bytes]] = [[b"q %g 0 0 -%g %.2f %.2f cm" % place]]
    roles: list[bytes] = []
    new_numbers: dict[int, int] = {}
    rest = iter(items)
    for item in rest:
        if isinstance(item, dict):  # between the role of marked content and the operator that begins it
            new_numbers[item["MCID"]] = len(new_numbers)
            roles.append(parts[-1].pop()[1:])
            parts.append([])
            next(rest)
        else:
            parts[-1].append(item.encode() if isinstance(item, str) else item)
    parts[-1].append(b"Q\n")
    node = StructureNode("")
    if structure_element is not None:
        node = simplify_node(_convert_structure_element(structure_element, pdf, new_numbers))
        node = node.moved_by(-block.left, -block.top) if node.has_area else node
    return PaintedBlock(tuple(map(b"\n".join, parts)), tuple(roles), node)


def _convert_structure_element(element: Any, pdf: Any, new_numbers: Mapping[int, int]) -> StructureNode:
    """Convert a structure element of a ``pydyf.PDF`` to a node. ``new_numbers`` maps its numbers of marked content to new ones."""
    kids: list[StructureNode | int] = []
    link = ""
    for kid in element["K"]:
        if isinstance(kid, int):
            kids.append(new_numbers[kid])
        elif (within := _pdf_object(pdf, kid))["Type"] == "/OBJR":
            link = _pdf_object(pdf, within["Obj"]).get("A", {"URI": ""})["URI"]
        else:
            kids.append(_convert_structure_element(within, pdf, new_numbers))
    role, said = element["S"][1:], {name: element[name].string for name in ("Alt", "Lang") if name in element}
    return StructureNode(
        role,
        tuple(kids),
        said.get("Alt", ""),
        said.get("Lang", ""),
        b"/A%b" % element["A"].data if role == "Form" else b"",
        getattr(element, "area", None),
        getattr(link, "string", ""),
    )


def _extract_painted_groups(pdf: Any, blocks: list[dict[ElementId, PaintedBlock]]) -> PaintedGroups:
    """Return painted blocks with the objects that they need from a ``pydyf.PDF``, without its pages."""
    objects = {each.number: each for each in pdf.objects if each.free != "f"}
    del objects[pdf.catalog.number], objects[pdf.pages.number]
    resources = b""
    root = pdf.catalog.get("StructTreeRoot")
    if root:
        # WeasyPrint adds the structure last, and its map of marked content before all of it.
        objects = {number: each for number, each in objects.items() if number < _object_number(root) - 1}
    for reference in pdf.page_references:
        page = objects.pop(_object_number(reference))
        for each in (page["Contents"], *page.get("Annots", ())):
            del objects[_object_number(each)]
        resources = page["Resources"]
    return PaintedGroups(
        blocks,
        {number: each.data for number, each in objects.items() if each.compressible},
        {number: each.data for number, each in objects.items() if not each.compressible},
        resources,
        bool(root),
    )


def _object_number(reference: bytes) -> int:
    return int(reference.split()[0])


def _pdf_object(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_object_number(reference)]


Anchors: TypeAlias = dict[str, tuple[float, float, float, float]]
"""The positions of elements on a page, by id: left, top, right and bottom in CSS pixels."""


def _make_block(anchors: Anchors, html_id: str) -> Block:
    left, top, right, bottom = (edge * POINTS_A_PIXEL for edge in anchors[html_id])
    if line := anchors.get(f"{html_id}-line"):
        # If the text has only one line, it may be narrower than its column.
        _, line_top, line_right, line_bottom = (edge * POINTS_A_PIXEL for edge in line)
        if line_bottom - line_top > (bottom - top) / 2:
            right = line_right
    box = None
    if inner := anchors.get(f"{html_id}-box"):
        x, y, x_end, y_end = (edge * POINTS_A_PIXEL for edge in inner)
        box = Box(x - left, y - top, x_end - x, y_end - y)
    return Block(round_up_to_grid(right - left), round_up_to_grid(bottom - top), box, html_id, left, top)
