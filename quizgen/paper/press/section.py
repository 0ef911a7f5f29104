"""The description of a section of a paper, such as its questions or its answers, for the press."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from quizgen.model import Question
from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press.pieces import Block, Blocks, Piece, PieceId
from quizgen.paper.press.strips import Strip

Compose: TypeAlias = Callable[[Question, Blocks, Measures, Spacing], Strip]
"""Places the blocks of one question, or of its answer, in type of one size and with a certain spacing."""


class Section(Struct, frozen=True, eq=False):
    """Questions or answers: the pieces to set, and how they come one below the other.

    ``head`` is the piece that opens the section, and ``closing`` the pieces that close it; with ``closes_if_room`` these are
    left out if they would take another page. ``compose`` makes the strip of a question, and ``estimate`` estimates the size
    of a piece in type of one size. ``gap`` is the space between strips as a share of the usual space between questions. If
    the section is not ``is_numbered``, its strips have no number before them.
    """

    title: str
    language: str
    pieces: list[Piece]
    head: PieceId
    closing: tuple[PieceId, ...]
    compose: Compose
    estimate: Callable[[Piece, Measures], Block]
    closes_if_room: bool = False
    gap: float = 1
    is_numbered: bool = True
