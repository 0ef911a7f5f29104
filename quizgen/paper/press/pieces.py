"""Pieces and blocks: the units that are set in type once, before and after they are set.

A piece is HTML that is set once, no matter how many papers print it. A block is a piece after it is set: its size, and
the position of a box to mark in it. All lengths are in points.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct

from quizgen.paper.design import Measures

PieceId: TypeAlias = tuple[str, ...]
"""The id of a piece: its kind, then what distinguishes it from other pieces of that kind."""


class Piece(Struct, frozen=True):
    """HTML that is set in type once, no matter how many papers print it.

    ``id[0]`` is its kind: the macro in ``pieces.html`` that draws it from ``values``. ``sized`` returns the values that
    depend on the size of the type, such as the places where a title is broken.
    """

    id: PieceId
    values: dict[str, Any]
    sized: Callable[[Measures], dict[str, Any]] | None = None

    def values_at(self, measures: Measures) -> dict[str, Any]:
        """Return all values for type of one size."""
        return {**self.values, **self.sized(measures)} if self.sized else self.values


def text_piece(kind: str, text: str, *owner: str, language: str = "") -> Piece:
    """Make a piece that consists of a text; ``language`` is given for a text of a bank."""
    return Piece((kind, *owner, text), {"text": text, "language": language})


REPEATED_KINDS = frozenset(("number", "tick", "slot", "letter", "mark", "cell", "label"))
"""Kinds of pieces so small that repeating their operators takes no more bytes than a reference to them."""

INLINE_KINDS = REPEATED_KINDS | {"running"}
"""Kinds of a few characters, which are set one after the other in lines; all others are set one below the other."""


class Box(Struct, frozen=True):
    """A rectangle in points; ``x`` and ``y`` go right and down from the top left of a block or a page."""

    x: float
    y: float
    width: float
    height: float


class Block(Struct, frozen=True):
    """A piece after it is set, in points: its size, and the box or blank to mark in it.

    ``element`` is the id of its HTML element, whose top left is at ``left`` and ``top`` on the page where it was set.
    ``height`` is infinite if it is too tall for any page.
    """

    width: float
    height: float
    box: Box | None = None
    element: str = ""
    left: float = 0
    top: float = 0


Blocks: TypeAlias = dict[PieceId, Block]
