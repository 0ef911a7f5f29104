"""The foot of each page, and the label of a version above it.

Both are set character by character, because they differ from page to page.
"""

from collections.abc import Sequence
from functools import cache
from string import Formatter

from quizgen.paper.design import Page
from quizgen.paper.press.elements import Blocks, ElementId
from quizgen.paper.press.strips import PlacedBlock, Strip
from quizgen.text.autospace import space_before
from quizgen.text.messages import _

DIGITS = "1234567890"
"""The characters of page numbers."""

SEPARATOR = "  ·  "

PLAIN_FOOT: ElementId = ("footer", "plain")
"""The foot of pages that name their sources themselves."""


@cache
def running_text_parts(language: str, *, seed: int, page: str, pages: str) -> list[str]:
    """Return the parts of the text at the foot of a page: seed and page number, the latter character by character."""
    template = SEPARATOR.join(
        name.translated(language) for name in (_("Seed {seed}"), _("Page {page} of {pages}"))
    )
    varying = {"page": page, "pages": pages}
    return [
        part
        for text, field, _, _ in Formatter().parse(template.replace("{seed}", str(seed)))
        for part in filter(None, (text, *varying.get(field or "", "")))
    ]


def label_element_ids(language: str, label: str) -> list[ElementId]:
    """Return the ids of the layout elements that make up a version's label, from the left."""
    before, after = _texts_around_label(language)
    return [("label", text) for text in (*before, *label, *after)] if label else []


@cache
def _texts_around_label(language: str) -> tuple[list[str], list[str]]:
    before, _mark, after = _("Paper {label}").translated(language).partition("{label}")
    return [before] if before else [], [after] if after else []


def foot_height(blocks: Blocks) -> float:
    """Return the height of the foot of a page."""
    return max(block.height for (kind, *_), block in blocks.items() if kind in ("footer", "running"))


def compose_foot(
    page: Page, blocks: Blocks, fragments: Sequence[str], size: float, left: ElementId = ("footer",)
) -> Strip:
    """Return the foot of a page as a strip, with the block ``left`` at the left and the running text at the right.

    ``fragments`` are the parts of the running text, in type of ``size`` points.
    """
    keys: list[ElementId] = [("running", text) for text in fragments]
    height = max(blocks[key].height for key in (left, *keys))
    placed = [PlacedBlock(left, 0, round(height - blocks[left].height, 2))]
    *edges, end = positions_in_line(keys, blocks, size)
    for key, x in zip(keys, edges, strict=True):
        placed.append(
            PlacedBlock(key, round(page.content_width - end + x, 2), round(height - blocks[key].height, 2))
        )
    return Strip(height, tuple(placed))


def positions_in_line(keys: Sequence[ElementId], blocks: Blocks, size: float) -> list[float]:
    """Return the x of each block in a line of text of ``size`` points, and finally the x at which the line ends.

    The space between Chinese and Western characters is the same as within a block.
    """
    edges, text, x = [], "", 0.0
    for key in keys:
        start, text = len(text), text + key[-1]
        x += space_before(text, start) * size
        edges.append(x)
        x += blocks[key].width
    return [*edges, x]
