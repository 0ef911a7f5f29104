"""The structure elements (ISO 32000-1, 14.7) of a page for screen readers, made from those of its blocks.

A block's elements come from its HTML (``weasyprint_patches.py``). The kinds of blocks and their order, which is the
reading order, show how blocks belong together: a number and its question, a box and its option.
"""

from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from typing import TypeAlias, cast

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.press.pdf_file import text_string

LABELS = frozenset(("tick", "slot", "letter"))
BODIES = frozenset(("option", "prompt", "choice"))
"""Kinds of blocks that make up items of lists: an item begins with labels, and ends with a body."""

FIELDS = frozenset(("bubble", "worded"))
"""Kinds of blocks in a row, which may begin with a label."""

_KINDS_AFTER_NUMBER = LABELS | BODIES | FIELDS | {"exhibit", "stem", "asked", "mark", "right", "answer"}
"""Kinds of blocks that belong to the number before them; all others are on their own."""

_HEAD_ROW, _ROW = "table-head", "table-row"
"""Kinds of marks of rows."""

_INLINE = frozenset(("Span", "Form", "Link", "Figure", "Lbl"))
_GROUPING_ROLES = frozenset(("Div", "NonStruct", "Sect", "Span"))
"""Roles that say nothing by themselves."""


class Node(Struct, frozen=True):
    """A structure element. ``kids`` are elements, or marked content of its page by number.

    ``alt`` replaces what is not text, ``language`` is set if it differs from the surrounding language, and
    ``extra_entries`` are entries of its dictionary. ``area`` is the position of a picture, or of a link to ``link``: left,
    top, right and bottom in points from the top left of its container.
    """

    role: str
    kids: tuple["Node | int", ...] = ()
    alt: str = ""
    language: str = ""
    extra_entries: bytes = b""
    area: tuple[float, float, float, float] | None = None
    link: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether the element says nothing that its kids do not."""
        return self.role in _GROUPING_ROLES and not (self.alt or self.language or self.extra_entries)

    def entries(self) -> bytes:
        """Return the entries of its dictionary besides role and kids."""
        alt = b"/Alt%b" % text_string(self.alt) if self.alt else b""
        language = b"/Lang%b" % text_string(self.language) if self.language else b""
        return alt + language + self.extra_entries

    def renumbered(self, numbers: Sequence[int]) -> "Node":
        """Return the element with other numbers for marked content."""
        kids = (numbers[kid] if isinstance(kid, int) else kid.renumbered(numbers) for kid in self.kids)
        return replace(self, kids=tuple(kids))

    def moved(self, x: float, y: float) -> "Node":
        """Return the element with its positions moved right by ``x`` and down by ``y``."""
        area = self.area and (self.area[0] + x, self.area[1] + y, self.area[2] + x, self.area[3] + y)
        kids = (kid if isinstance(kid, int) else kid.moved(x, y) for kid in self.kids)
        return replace(self, area=area, kids=tuple(kids))

    @property
    def has_area(self) -> bool:
        """Whether the element or one in it has a position."""
        return bool(self.area) or any(kid.has_area for kid in self.kids if not isinstance(kid, int))


Kid: TypeAlias = Node | int


class Mark(Struct, frozen=True):
    """A placed block: its kind, and its element."""

    kind: str
    node: Node


def simplify(node: Node) -> Node:
    """Remove elements that say nothing; a block with only text in it becomes a paragraph."""
    kids: list[Kid] = []
    for kid in node.kids:
        plain = simplify(kid) if isinstance(kid, Node) else kid
        kids += plain.kids if isinstance(plain, Node) and plain.is_plain else (plain,)
    role = "P" if node.role in ("Div", "NonStruct") and kids and all(map(_is_inline, kids)) else node.role
    return replace(node, role=role, kids=tuple(kids))


def row_mark(cells: Sequence[Sequence[Mark]], *, is_head: bool) -> tuple[Mark, ...]:
    """Make one mark for a row of cells; labels become headers."""
    if not any(cells):
        return ()
    scope = b"/A<</O/Table/Scope/%b>>" % (b"Column" if is_head else b"Row")

    def cell(marks: Sequence[Mark]) -> Node:
        kids = tuple(kid for mark in marks for kid in mark.node.kids)
        is_header = bool(marks) and marks[0].kind == "label"
        return Node("TH", kids, extra_entries=scope) if is_header else Node("TD", kids)

    return (Mark(_HEAD_ROW if is_head else _ROW, Node("TR", tuple(map(cell, cells)))),)


def page_elements(marks: Sequence[Mark]) -> tuple[Node, ...]:
    """Make the elements of a page from its blocks, in reading order."""
    nodes: list[Node] = []
    group: list[Mark] = []
    for mark in marks:
        if group and mark.kind in _KINDS_AFTER_NUMBER:
            group.append(mark)
            continue
        nodes += _question_elements(group)
        group = [mark] if mark.kind == "number" else []
        if mark.kind == _HEAD_ROW:
            nodes.append(Node("Table", (mark.node,)))
        elif mark.kind == _ROW:
            nodes[-1] = replace(nodes[-1], kids=(*nodes[-1].kids, mark.node))
        elif not group:
            nodes += _single_elements(mark)
    nodes += _question_elements(group)
    made: list[Node] = []
    for is_item, run in groupby(nodes, key=lambda node: node.role == "LI"):
        together = tuple(run)
        made += [Node("L", together)] if is_item else together
    return tuple(made)


def _single_elements(mark: Mark) -> Iterable[Node]:
    if mark.kind == "reason":
        return [Node("LI", (Node("LBody", _with_paragraphs(mark.node.kids)),))]
    return _with_paragraphs([mark.node] if not mark.node.is_plain else mark.node.kids)


def _question_elements(marks: Sequence[Mark]) -> Sequence[Node]:
    """Make the elements of a question or an answer: a number, and everything after it."""
    if not marks:
        return ()
    if marks[-1].kind == "answer":
        several = any(mark.kind == "right" for mark in marks)
        before = marks[:1] if several else marks[:-1]
        label = tuple(kid for mark in before for kid in _inline_kids(mark.node))
        right = _row_paragraphs(marks[1:-1], {"mark"}) if several else ()
        body = (*right, *_with_paragraphs(marks[-1].node.kids))
        return [Node("LI", (Node("Lbl", label), Node("LBody", body)))]
    if any(mark.kind in FIELDS for mark in marks):
        return [
            Node("LI", (Node("Lbl", _inline_kids(marks[0].node)), Node("LBody", _row_paragraphs(marks[1:]))))
        ]
    kids = [Node("H2", _inline_kids(marks[0].node))]  # without the stem, which may be several sentences
    labels: list[Kid] = []
    lists: dict[str, list[Node]] = {}
    for mark in marks[1:]:
        if mark.kind in LABELS:
            labels += _inline_kids(mark.node)
        elif mark.kind in BODIES:
            item = (Node("Lbl", tuple(labels)), Node("LBody", _inline_kids(mark.node)))
            lists.setdefault(mark.kind, []).append(Node("LI", item))
            labels = []
        else:
            kids += _with_paragraphs(mark.node.kids)
    return [Node("Sect", (*kids, *(Node("L", tuple(items)) for items in lists.values())))]


def _row_paragraphs(marks: Sequence[Mark], first: Container[str] = LABELS) -> tuple[Node, ...]:
    """Make a paragraph of each row of blocks; blocks of the kinds ``first`` begin a row."""
    rows: list[tuple[Kid, ...]] = []
    for mark in marks:
        if mark.kind in first or not rows:
            rows.append(())
        rows[-1] += _inline_kids(mark.node)
    return tuple(Node("P", row) for row in rows)


def _is_inline(kid: Kid) -> bool:
    return isinstance(kid, int) or kid.role in _INLINE


def _inline_kids(node: Node) -> tuple[Kid, ...]:
    """Return the inline kids of an element, without the blocks around them."""
    kids: list[Kid] = []
    for kid in node.kids:
        kids += (kid,) if _is_inline(kid) else _inline_kids(cast("Node", kid))
    return tuple(kids)


def _with_paragraphs(kids: Iterable[Kid]) -> tuple[Node, ...]:
    """Put inline kids between blocks into paragraphs."""
    made: list[Node] = []
    for inline, run in groupby(kids, key=_is_inline):
        together = tuple(run)
        made += [Node("P", together)] if inline else cast("tuple[Node, ...]", together)
    return tuple(made)
