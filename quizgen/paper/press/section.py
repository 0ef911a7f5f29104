"""A section of a paper, such as its questions or its answers, as the press is given it."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from quizgen.model import Question
from quizgen.paper.design import Measures, Spacing
from quizgen.paper.press.pieces import Block, Blocks, Piece, PieceId
from quizgen.paper.press.strips import Strip

Compose: TypeAlias = Callable[[Question, Blocks, Measures, Spacing], Strip]
"""Places the blocks of one question, or of its answer, in type of one size and with this much white between them."""


class Section(Struct, frozen=True, eq=False):
    """Questions, or answers: pieces to set, and how they stand below each other.

    ``head`` names the piece that opens the section, and ``closing`` those that close it; with ``closes_if_room`` these
    are left out where they would take another page. ``compose`` makes the strip of a question, and
    ``estimate`` guesses how large a piece will be in type of one size. ``gap`` is the share of
    the space between questions that stands between strips. Strips of a section that is not ``is_numbered`` have no
    number before them.
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
