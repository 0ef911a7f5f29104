"""Pieces and blocks: what is set in type once, before and after it is set.

A piece is HTML that is set once, however many papers print it. Set, it is a block: its size, and the box in it that a
pen is meant for. All lengths are in points.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct

from quizgen.paper.design import Measures

PieceId: TypeAlias = tuple[str, ...]
"""Names a piece: its kind, then whatever tells it from others of that kind."""


class Piece(Struct, frozen=True):
    """What is set in type once, however many papers print it.

    ``id[0]`` is its kind: the macro in ``pieces.html`` that draws it from ``values``. ``sized`` gives the values that
    depend on the size of the type, such as where a title is broken.
    """

    id: PieceId
    values: dict[str, Any]
    sized: Callable[[Measures], dict[str, Any]] | None = None

    def values_at(self, measures: Measures) -> dict[str, Any]:
        """Give all values, in type of one size."""
        return {**self.values, **self.sized(measures)} if self.sized else self.values


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


class Block(Struct, frozen=True):
    """A piece as set, in points: its size, and the box or blank in it that a pen is meant for.

    ``element`` is the id of its HTML element; its top left stands ``left`` and ``top`` from that of the page that it
    was set on. ``height`` is infinite for what is too tall for any page.
    """

    width: float
    height: float
    box: Box | None = None
    element: str = ""
    left: float = 0
    top: float = 0


Blocks: TypeAlias = dict[PieceId, Block]
