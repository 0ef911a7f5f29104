"""Build the structure elements of a page for screen readers (ISO 32000-1, 14.7) from those of its blocks.

The elements of a block come from its HTML (``weasyprint_patches.py``). The kinds of the blocks, in reading order, show
how blocks belong together: a number and its question, a box and its option.
"""

from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from typing import TypeAlias, cast

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.press.pdf_file import pdf_text_string

LABELS = frozenset(("tick", "slot", "letter"))
BODIES = frozenset(("option", "prompt", "choice"))
"""Kinds of blocks that make up items of lists: an item begins with labels, and ends with a body."""

FIELDS = frozenset(("bubble", "worded"))
"""Kinds of blocks in a row, which may begin with a label."""

_KINDS_AFTER_NUMBER = (
    LABELS
    | BODIES
    | FIELDS
    | {
        *("slide", "exhibit", "stem", "asked", "mark", "right", "answer", "reason"),
    }
)
"""Kinds of blocks that belong to the number before them; all others are on their own."""

_HEAD_ROW, _ROW = "table-head", "table-row"
"""Kinds of blocks that are rows of a table."""

_INLINE = frozenset(("Span", "Form", "Link", "Figure", "Lbl"))
_GROUPING_ROLES = frozenset(("Div", "NonStruct", "Sect", "Span"))
"""Roles that say nothing by themselves."""


class StructureNode(Struct, frozen=True):
    """A structure element. Its ``kids`` are structure elements, or numbers of marked content.

    ``alt`` is the description of a picture, ``language`` is set if it differs from that around it, and
    ``extra_entries`` go into the element's dictionary. ``area`` is the position of a picture, or of a link to the
    address ``link``: left, top, right and bottom in points from the top left of its container.
    """

    role: str
    kids: tuple["StructureNode | int", ...] = ()
    alt: str = ""
    language: str = ""
    extra_entries: bytes = b""
    area: tuple[float, float, float, float] | None = None
    link: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the element adds no information to that of its kids."""
        return self.role in _GROUPING_ROLES and not (self.alt or self.language or self.extra_entries)

    def dictionary_entries(self) -> bytes:
        """Return the entries of the element's dictionary, except its role and kids."""
        alt = b"/Alt%b" % pdf_text_string(self.alt) if self.alt else b""
        language = b"/Lang%b" % pdf_text_string(self.language) if self.language else b""
        return alt + language + self.extra_entries

    def with_numbers(self, numbers: Sequence[int]) -> "StructureNode":
        """Return a copy with other numbers for marked content."""
        kids = (numbers[kid] if isinstance(kid, int) else kid.with_numbers(numbers) for kid in self.kids)
        return replace(self, kids=tuple(kids))

    def moved_by(self, x: float, y: float) -> "StructureNode":
        """Return a copy whose positions are moved right by ``x`` and down by ``y``."""
        area = self.area and (self.area[0] + x, self.area[1] + y, self.area[2] + x, self.area[3] + y)
        kids = (kid if isinstance(kid, int) else kid.moved_by(x, y) for kid in self.kids)
        return replace(self, area=area, kids=tuple(kids))

    @property
    def has_area(self) -> bool:
        """Whether the element or one inside it has a position."""
        return bool(self.area) or any(kid.has_area for kid in self.kids if not isinstance(kid, int))


Kid: TypeAlias = StructureNode | int


class TaggedBlock(Struct, frozen=True):
    """The kind of a placed block, and its structure element."""

    kind: str
    node: StructureNode


def simplify_node(node: StructureNode) -> StructureNode:
    """Remove structure elements without information; an element that contains only text becomes a paragraph."""
    kids: list[Kid] = []
    for kid in node.kids:
        plain = simplify_node(kid) if isinstance(kid, StructureNode) else kid
        kids += plain.kids if isinstance(plain, StructureNode) and plain.is_plain else (plain,)
    role = "P" if node.role in ("Div", "NonStruct") and kids and all(map(_is_inline, kids)) else node.role
    return replace(node, role=role, kids=tuple(kids))


def tag_table_row(cells: Sequence[Sequence[TaggedBlock]], *, is_head: bool) -> tuple[TaggedBlock, ...]:
    """Return the structure element of a table row, or nothing if the cells are not tagged.

    Label cells become header cells.
    """
    if not any(cells):
        return ()
    scope = b"/A<</O/Table/Scope/%b>>" % (b"Column" if is_head else b"Row")

    def cell(tagged_blocks: Sequence[TaggedBlock]) -> StructureNode:
        kids = tuple(kid for block in tagged_blocks for kid in block.node.kids)
        is_header = bool(tagged_blocks) and tagged_blocks[0].kind == "label"
        return StructureNode("TH", kids, extra_entries=scope) if is_header else StructureNode("TD", kids)

    return (TaggedBlock(_HEAD_ROW if is_head else _ROW, StructureNode("TR", tuple(map(cell, cells)))),)


def build_page_structure(tagged_blocks: Sequence[TaggedBlock]) -> tuple[StructureNode, ...]:
    """Build the structure elements of a page from its blocks, which are in reading order."""
    nodes: list[StructureNode] = []
    group: list[TaggedBlock] = []
    for block in tagged_blocks:
        if group and block.kind in _KINDS_AFTER_NUMBER:
            group.append(block)
            continue
        nodes += _question_nodes(group)
        group = [block] if block.kind == "number" else []
        if block.kind == _HEAD_ROW:
            nodes.append(StructureNode("Table", (block.node,)))
        elif block.kind == _ROW:
            nodes[-1] = replace(nodes[-1], kids=(*nodes[-1].kids, block.node))
        elif not group:
            nodes += _block_nodes(block)
    nodes += _question_nodes(group)
    made: list[StructureNode] = []
    for is_item, run in groupby(nodes, key=lambda node: node.role == "LI"):
        together = tuple(run)
        made += [StructureNode("L", together)] if is_item else together
    return tuple(made)


def _block_nodes(block: TaggedBlock) -> Iterable[StructureNode]:
    if block.kind == "reason":
        return [StructureNode("LI", (StructureNode("LBody", _wrap_in_paragraphs(block.node.kids)),))]
    return _wrap_in_paragraphs([block.node] if not block.node.is_plain else block.node.kids)


def _question_nodes(tagged_blocks: Sequence[TaggedBlock]) -> Sequence[StructureNode]:
    """Build the structure elements of a question or an answer from its number and the blocks that follow."""
    if not tagged_blocks:
        return ()
    if tagged_blocks[-1].kind == "answer":
        several = any(block.kind == "right" for block in tagged_blocks)
        before = tagged_blocks[:1] if several else tagged_blocks[:-1]
        label = tuple(kid for block in before for kid in _inline_kids(block.node))
        right = _row_paragraphs(tagged_blocks[1:-1], {"mark"}) if several else ()
        body = (*right, *_wrap_in_paragraphs(tagged_blocks[-1].node.kids))
        return [StructureNode("LI", (StructureNode("Lbl", label), StructureNode("LBody", body)))]
    if any(block.kind in FIELDS for block in tagged_blocks):
        return [
            StructureNode(
                "LI",
                (
                    StructureNode("Lbl", _inline_kids(tagged_blocks[0].node)),
                    StructureNode("LBody", _row_paragraphs(tagged_blocks[1:])),
                ),
            )
        ]
    kids = [
        StructureNode("H2", _inline_kids(tagged_blocks[0].node))
    ]  # without the stem, which may be several sentences
    labels: list[Kid] = []
    lists: dict[str, list[StructureNode]] = {}
    for block in tagged_blocks[1:]:
        if block.kind in LABELS:
            labels += _inline_kids(block.node)
        elif block.kind in BODIES:
            item = (StructureNode("Lbl", tuple(labels)), StructureNode("LBody", _inline_kids(block.node)))
            lists.setdefault(block.kind, []).append(StructureNode("LI", item))
            labels = []
        else:
            kids += _wrap_in_paragraphs(block.node.kids)
    return [StructureNode("Sect", (*kids, *(StructureNode("L", tuple(items)) for items in lists.values())))]


def _row_paragraphs(
    tagged_blocks: Sequence[TaggedBlock], first: Container[str] = LABELS
) -> tuple[StructureNode, ...]:
    """Make a paragraph of each row of blocks; blocks of the kinds ``first`` begin a row."""
    rows: list[tuple[Kid, ...]] = []
    for block in tagged_blocks:
        if block.kind in first or not rows:
            rows.append(())
        rows[-1] += _inline_kids(block.node)
    return tuple(StructureNode("P", row) for row in rows)


def _is_inline(kid: Kid) -> bool:
    return isinstance(kid, int) or kid.role in _INLINE


def _inline_kids(node: StructureNode) -> tuple[Kid, ...]:
    """Return the inline kids of an element and of the block elements inside it."""
    kids: list[Kid] = []
    for kid in node.kids:
        kids += (kid,) if _is_inline(kid) else _inline_kids(cast("StructureNode", kid))
    return tuple(kids)


def _wrap_in_paragraphs(kids: Iterable[Kid]) -> tuple[StructureNode, ...]:
    """Wrap each run of inline kids in a paragraph."""
    made: list[StructureNode] = []
    for inline, run in groupby(kids, key=_is_inline):
        together = tuple(run)
        made += [StructureNode("P", together)] if inline else cast("tuple[StructureNode, ...]", together)
    return tuple(made)
