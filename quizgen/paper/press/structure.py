"""What a page says to somebody who cannot see it: structure elements (ISO 32000-1, 14.7) of blocks, made into a page's.

A block's own elements come from its HTML (``tags.py``). How blocks belong together - a number and its question, a
box and its option - is told from their kinds and their order, which is that of reading.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeAlias, cast

from msgspec import Struct
from msgspec.structs import replace

from quizgen.paper.press.pdf_file import text_string

LABELS = frozenset(("tick", "slot", "letter"))
BODIES = frozenset(("option", "prompt", "choice"))
"""Kinds of blocks that make up items of lists: an item begins with labels, and ends with a body."""

FIELDS = frozenset(("bubble", "worded"))
"""Kinds of blocks that stand in a row, which may begin with a label."""

_NUMBERED = LABELS | BODIES | FIELDS | {"exhibit", "stem", "asked", "mark", "answer"}
"""Kinds of blocks that belong to the number before them; any other stands by itself."""

_HEAD_ROW, _ROW = "table-head", "table-row"
"""Kinds of marks of rows."""

_INLINE = frozenset(("Span", "Form", "Link", "Figure", "Lbl"))
_PLAIN = frozenset(("Div", "NonStruct", "Sect", "Span"))
"""What says nothing by itself."""


class Node(Struct, frozen=True):
    """A structure element. ``kids`` are elements, and marked content of its page by number.

    ``alt`` stands for what is no text, ``language`` is said where it is not that of what is around it, and ``more``
    are entries of its dictionary. ``area`` is where a picture, or a link to ``link``, stands: left, top, right and
    bottom in points from the top left of what it is in.
    """

    role: str
    kids: tuple["Node | int", ...] = ()
    alt: str = ""
    language: str = ""
    more: bytes = b""
    area: tuple[float, float, float, float] | None = None
    link: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether it says nothing that its kids do not."""
        return self.role in _PLAIN and not (self.alt or self.language or self.more)

    def entries(self) -> bytes:
        """Write what its dictionary holds beside role and kids."""
        alt = b"/Alt%b" % text_string(self.alt) if self.alt else b""
        language = b"/Lang%b" % text_string(self.language) if self.language else b""
        return alt + language + self.more

    def numbered(self, numbers: Sequence[int]) -> "Node":
        """Give marked content other numbers."""
        kids = (numbers[kid] if isinstance(kid, int) else kid.numbered(numbers) for kid in self.kids)
        return replace(self, kids=tuple(kids))

    def moved(self, x: float, y: float) -> "Node":
        """Count where it stands from a point that is farther left and up."""
        area = self.area and (self.area[0] + x, self.area[1] + y, self.area[2] + x, self.area[3] + y)
        kids = (kid if isinstance(kid, int) else kid.moved(x, y) for kid in self.kids)
        return replace(self, area=area, kids=tuple(kids))

    @property
    def has_area(self) -> bool:
        """Tell whether it matters where it stands."""
        return bool(self.area) or any(kid.has_area for kid in self.kids if not isinstance(kid, int))


Kid: TypeAlias = Node | int


class Mark(Struct, frozen=True):
    """A block that has been placed: its kind, and its element."""

    kind: str
    node: Node


def simplified(node: Node) -> Node:
    """Leave out what says nothing; a block with nothing but text in it becomes a paragraph."""
    kids: list[Kid] = []
    for kid in node.kids:
        plain = simplified(kid) if isinstance(kid, Node) else kid
        kids += plain.kids if isinstance(plain, Node) and plain.is_plain else (plain,)
    role = "P" if node.role in ("Div", "NonStruct") and kids and all(map(_is_inline, kids)) else node.role
    return replace(node, role=role, kids=tuple(kids))


def row_mark(cells: Sequence[Sequence[Mark]], *, is_head: bool) -> tuple[Mark, ...]:
    """Make one mark of those of a row's cells, of which labels are headers."""
    if not any(cells):
        return ()
    scope = b"/A<</O/Table/Scope/%b>>" % (b"Column" if is_head else b"Row")

    def cell(marks: Sequence[Mark]) -> Node:
        kids = tuple(kid for mark in marks for kid in mark.node.kids)
        is_header = bool(marks) and marks[0].kind == "label"
        return Node("TH", kids, more=scope) if is_header else Node("TD", kids)

    return (Mark(_HEAD_ROW if is_head else _ROW, Node("TR", tuple(map(cell, cells)))),)


def composed(marks: Sequence[Mark]) -> tuple[Node, ...]:
    """Make the elements of a page of its blocks, in the order of reading."""
    nodes: list[Node] = []
    group: list[Mark] = []
    for mark in marks:
        if group and mark.kind in _NUMBERED:
            group.append(mark)
            continue
        nodes += _numbered(group)
        group = [mark] if mark.kind == "number" else []
        if mark.kind == _HEAD_ROW:
            nodes.append(Node("Table", (mark.node,)))
        elif mark.kind == _ROW:
            nodes[-1] = replace(nodes[-1], kids=(*nodes[-1].kids, mark.node))
        elif not group:
            nodes += _alone(mark)
    nodes += _numbered(group)
    made: list[Node] = []
    for is_item, run in groupby(nodes, key=lambda node: node.role == "LI"):
        together = tuple(run)
        made += [Node("L", together)] if is_item else together
    return tuple(made)


def _alone(mark: Mark) -> Iterable[Node]:
    if mark.kind == "reason":
        return [Node("LI", (Node("LBody", _blocks(mark.node.kids)),))]
    return _blocks([mark.node] if not mark.node.is_plain else mark.node.kids)


def _numbered(marks: Sequence[Mark]) -> Sequence[Node]:
    """Make the elements of a question, or an answer: a number, and all that follows it."""
    if not marks:
        return ()
    if marks[-1].kind == "answer":
        label = tuple(kid for mark in marks[:-1] for kid in _inline(mark.node))
        return [Node("LI", (Node("Lbl", label), Node("LBody", _blocks(marks[-1].node.kids))))]
    if any(mark.kind in FIELDS for mark in marks):
        return [Node("LI", (Node("Lbl", _inline(marks[0].node)), Node("LBody", _rows(marks[1:]))))]
    kids = [Node("H2", _inline(marks[0].node))]  # and not the stem, which is no heading but several sentences
    labels: list[Kid] = []
    lists: dict[str, list[Node]] = {}
    for mark in marks[1:]:
        if mark.kind in LABELS:
            labels += _inline(mark.node)
        elif mark.kind in BODIES:
            item = (Node("Lbl", tuple(labels)), Node("LBody", _inline(mark.node)))
            lists.setdefault(mark.kind, []).append(Node("LI", item))
            labels = []
        else:
            kids += _blocks(mark.node.kids)
    return [Node("Sect", (*kids, *(Node("L", tuple(items)) for items in lists.values())))]


def _rows(marks: Sequence[Mark]) -> tuple[Node, ...]:
    """Make a paragraph of each row of fields."""
    rows: list[tuple[Kid, ...]] = []
    for mark in marks:
        if mark.kind in LABELS or not rows:
            rows.append(())
        rows[-1] += _inline(mark.node)
    return tuple(Node("P", row) for row in rows)


def _is_inline(kid: Kid) -> bool:
    return isinstance(kid, int) or kid.role in _INLINE


def _inline(node: Node) -> tuple[Kid, ...]:
    """Take what is in an element without the blocks that it is in."""
    kids: list[Kid] = []
    for kid in node.kids:
        kids += (kid,) if _is_inline(kid) else _inline(cast("Node", kid))
    return tuple(kids)


def _blocks(kids: Iterable[Kid]) -> tuple[Node, ...]:
    """Make paragraphs of what stands loose between blocks."""
    made: list[Node] = []
    for inline, run in groupby(kids, key=_is_inline):
        together = tuple(run)
        made += [Node("P", together)] if inline else cast("tuple[Node, ...]", together)
    return tuple(made)
