"""Layout elements, which are typeset once, and blocks, which are layout elements after typesetting."""

from collections.abc import Callable
from typing import Any, TypeAlias

from msgspec import Struct

from quizgen.paper.design import Measures

ElementId: TypeAlias = tuple[str, ...]
"""The id of a piece: its kind, then what distinguishes it from other pieces of that kind."""


class LayoutElement(Struct, frozen=True):
    """A part of a page, as HTML, that is typeset once, however many versions print it.

    ``id[0]`` is its kind: the macro in ``elements.html`` that draws it from ``values``. ``sized`` returns further
    values that depend on the type size, such as the lines of a title.
    """

    id: ElementId
    values: dict[str, Any]
    sized: Callable[[Measures], dict[str, Any]] | None = None

    def values_at(self, measures: Measures) -> dict[str, Any]:
        """Return all values for one type size."""
        return {**self.values, **self.sized(measures)} if self.sized else self.values


def make_text_element(kind: str, text: str, *owner: str, language: str = "") -> LayoutElement:
    """Return a layout element that consists of a text; ``language`` is set for a text of the question bank."""
    return LayoutElement((kind, *owner, text), {"text": text, "language": language})


REPEATED_KINDS = frozenset(("number", "tick", "slot", "letter", "mark", "cell", "label"))
"""Kinds of pieces so small that repeating their operators takes no more bytes than a reference to them."""

BACK: ElementId = ("back",)
"""The id of the piece that fills the back of a paper's last sheet if it would be blank."""

INLINE_KINDS = REPEATED_KINDS | {"running"}
"""Kinds of a few characters, which are set one after the other in lines; all others are set one below the other."""


class Box(Struct, frozen=True):
    """A rectangle in points; ``x`` and ``y`` go right and down from the top left of a block or a page."""

    x: float
    y: float
    width: float
    height: float


class Block(Struct, frozen=True):
    """A layout element after typesetting: its size in points, and the box or blank that people fill in.

    ``html_id`` is the id of its HTML element, whose top left is at ``left`` and ``top`` on the page where it was set.
    ``height`` is infinite if the block is too tall for any page.
    """

    width: float
    height: float
    box: Box | None = None
    html_id: str = ""
    left: float = 0
    top: float = 0


Blocks: TypeAlias = dict[ElementId, Block]
