"""The foot of every page, and the label of a version above it: words that differ from page to page, character by character."""

from collections.abc import Sequence
from functools import cache
from string import Formatter

from quizgen.paper.design import Page
from quizgen.paper.press.pieces import Blocks, PieceId
from quizgen.paper.press.strips import Placed, Strip
from quizgen.text.autospace import space_at
from quizgen.text.messages import message

DIGITS = "1234567890"
"""What page numbers are set from."""

BETWEEN = "  ·  "

PLAIN_FOOT: PieceId = ("footer", "plain")
"""The foot of pages that tell by themselves what they rest on."""


@cache
def running(language: str, *, seed: int, page: str, pages: str) -> list[str]:
    """Split what runs at the foot of a page into pieces, so that numbers are set by the character."""
    template = BETWEEN.join(message(language, name) for name in ("paper.seed", "paper.page"))
    varying = {"page": page, "pages": pages}
    return [
        part
        for text, field, _, _ in Formatter().parse(template.replace("{seed}", str(seed)))
        for part in filter(None, (text, *varying.get(field or "", "")))
    ]


def label_ids(language: str, label: str) -> list[PieceId]:
    """Name the pieces that say which version a page is of, from the left; labels are set by the character."""
    before, after = _around_label(language)
    return [("label", text) for text in (*before, *label, *after)] if label else []


@cache
def _around_label(language: str) -> tuple[list[str], list[str]]:
    before, _, after = message(language, "paper.version").partition("{label}")
    return [before] if before else [], [after] if after else []


def foot_height(blocks: Blocks) -> float:
    """How tall the foot of a page is, at the left or at the right, where there may be nothing at the left."""
    return max(block.height for (kind, *_), block in blocks.items() if kind in ("footer", "running"))


def foot(
    page: Page, blocks: Blocks, fragments: Sequence[str], size: float, left: PieceId = ("footer",)
) -> Strip:
    """Compose a page's foot from its top left: the credit at the ``left``, and what runs on at the right.

    That is in type of ``size`` points.
    """
    keys: list[PieceId] = [("running", text) for text in fragments]
    height = max(blocks[key].height for key in (left, *keys))
    placed = [Placed(left, 0, round(height - blocks[left].height, 2))]
    *edges, end = in_line(keys, blocks, size)
    for key, x in zip(keys, edges, strict=True):
        placed.append(Placed(key, round(page.column - end + x, 2), round(height - blocks[key].height, 2)))
    return Strip(height, tuple(placed))


def in_line(keys: Sequence[PieceId], blocks: Blocks, size: float) -> list[float]:
    """Tell where blocks begin that are one line of text of ``size`` points, and last where it ends.

    Where Han and Western meet between two, they stand as far apart as in one block.
    """
    edges, text, x = [], "", 0.0
    for key in keys:
        start, text = len(text), text + key[-1]
        x += space_at(text, start) * size
        edges.append(x)
        x += blocks[key].width
    return [*edges, x]
