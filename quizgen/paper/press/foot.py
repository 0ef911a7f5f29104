"""The foot of every page, and the label of a version above it, set character by character because they differ."""

from collections.abc import Sequence
from functools import cache
from string import Formatter

from quizgen.paper.design import Page
from quizgen.paper.press.pieces import Blocks, PieceId
from quizgen.paper.press.strips import PlacedBlock, Strip
from quizgen.text.autospace import space_before
from quizgen.text.messages import _

DIGITS = "1234567890"
"""The characters of page numbers."""

SEPARATOR = "  ·  "

PLAIN_FOOT: PieceId = ("footer", "plain")
"""The foot of pages that name their sources themselves."""


@cache
def running_texts(language: str, *, seed: int, page: str, pages: str) -> list[str]:
    """Return the text at the foot of a page in parts, so that numbers are set character by character."""
    template = SEPARATOR.join(
        name.translated(language) for name in (_("Seed {seed}"), _("Page {page} of {pages}"))
    )
    varying = {"page": page, "pages": pages}
    return [
        part
        for text, field, _, _ in Formatter().parse(template.replace("{seed}", str(seed)))
        for part in filter(None, (text, *varying.get(field or "", "")))
    ]


def label_pieces(language: str, label: str) -> list[PieceId]:
    """Return the ids of the pieces of a version's label, from the left; labels are set character by character."""
    before, after = _around_label(language)
    return [("label", text) for text in (*before, *label, *after)] if label else []


@cache
def _around_label(language: str) -> tuple[list[str], list[str]]:
    before, _mark, after = _("Paper {label}").translated(language).partition("{label}")
    return [before] if before else [], [after] if after else []


def foot_height(blocks: Blocks) -> float:
    """Return the height of the foot of a page, at the left or at the right; the left may be empty."""
    return max(block.height for (kind, *_), block in blocks.items() if kind in ("footer", "running"))


def foot(
    page: Page, blocks: Blocks, fragments: Sequence[str], size: float, left: PieceId = ("footer",)
) -> Strip:
    """Compose the foot of a page: the credit at the ``left``, and the running text at the right.

    The running text is in type of ``size`` points.
    """
    keys: list[PieceId] = [("running", text) for text in fragments]
    height = max(blocks[key].height for key in (left, *keys))
    placed = [PlacedBlock(left, 0, round(height - blocks[left].height, 2))]
    *edges, end = line_positions(keys, blocks, size)
    for key, x in zip(keys, edges, strict=True):
        placed.append(
            PlacedBlock(key, round(page.column - end + x, 2), round(height - blocks[key].height, 2))
        )
    return Strip(height, tuple(placed))


def line_positions(keys: Sequence[PieceId], blocks: Blocks, size: float) -> list[float]:
    """Return where each block begins in a line of text of ``size`` points, and last where the line ends.

    Between Han and Western characters, the space is the same as within a block.
    """
    edges, text, x = [], "", 0.0
    for key in keys:
        start, text = len(text), text + key[-1]
        x += space_before(text, start) * size
        edges.append(x)
        x += blocks[key].width
    return [*edges, x]
