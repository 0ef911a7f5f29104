"""The description of a section of a paper, such as its questions or its answers, for the press."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from quizgen.model import Question
from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press.elements import Block, Blocks, ElementId, LayoutElement
from quizgen.paper.press.strips import Strip

Compose: TypeAlias = Callable[[Question, Blocks, Measures, Spacing], Strip]
"""Places the blocks of one question, or of its answer, in type of one size and with a certain spacing."""


class Section(Struct, frozen=True, eq=False):
    """A section of a paper, its questions or its answers, as layout elements and the way to place them.

    ``head`` is the id of the element that opens the section; ``closing`` has the ids of those that close it. With
    ``closes_if_room``, the latter are left out if they would take another page. ``compose`` returns the strip of a
    question. ``estimate`` estimates the size of a layout element. ``gap`` is the space between strips as a multiple of
    the usual space between questions. Unless the section ``is_numbered``, no numbers stand before its strips. ``sizes``
    are the type sizes to try in place of those of the design, the largest first.
    """

    title: str
    language: str
    elements: list[LayoutElement]
    head: ElementId
    closing: tuple[ElementId, ...]
    compose: Compose
    estimate: Callable[[LayoutElement, Measures], Block]
    closes_if_room: bool = False
    gap: float = 1
    is_numbered: bool = True
    sizes: tuple[float, ...] = ()
